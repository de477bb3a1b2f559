using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.Drivers.OpcUa.Browsing;

/// <summary>A node in a browsed tree.</summary>
public sealed record BrowseNode
{
    /// <summary>Its lasting address, or null where it lies on another server or in a namespace the server does not list.</summary>
    public NodeAddress? Address { get; init; }

    /// <summary>Its browse name.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Its class.</summary>
    public NodeClass Class { get; init; }

    /// <summary>Word for the value's type, such as <c>Double</c> or <c>UInt16[]</c>; null for nodes without a value.</summary>
    public string? DataType { get; init; }

    /// <summary>Outcome of browsing it; good where it was not browsed.</summary>
    public StatusCode Status { get; init; }

    /// <summary>True where it appeared before on the way: it is shown once more and not entered again.</summary>
    public bool Repeated { get; init; }

    /// <summary>True where it was not entered because of the depth or the number of nodes.</summary>
    public bool Cut { get; init; }

    /// <summary>Its children in the server's order.</summary>
    public IReadOnlyList<BrowseNode> Children { get; init; } = [];
}

/// <summary>What to browse.</summary>
public sealed record BrowseQuery
{
    /// <summary>Where to begin; the Objects folder by default.</summary>
    public NodeAddress Root { get; init; } = new(null, new NodeId(0, 85));

    /// <summary>Levels below the root.</summary>
    public int Depth { get; init; } = 10;

    /// <summary>Most nodes.</summary>
    public int MostNodes { get; init; } = 10_000;

    /// <summary>Part of a name or address, ignoring case: only matching nodes are kept, with the nodes above them. Null keeps all.</summary>
    public string? Filter { get; init; }

    /// <summary>True to keep variables only, with the nodes above them.</summary>
    public bool VariablesOnly { get; init; }

    /// <summary>True to enter the server's own object (diagnostics, capabilities), which is passed over otherwise.</summary>
    public bool WithServer { get; init; }

    /// <summary>True to read the data types of variables.</summary>
    public bool WithTypes { get; init; } = true;
}
