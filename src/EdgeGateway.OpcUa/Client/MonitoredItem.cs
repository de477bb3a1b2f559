using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.OpcUa.Client;

/// <summary>A node's value watched by a subscription.</summary>
/// <param name="address">The node.</param>
public sealed class MonitoredItem(NodeAddress address)
{
    /// <summary>The node.</summary>
    public NodeAddress Address { get; } = address;

    /// <summary>Sampling interval to ask for, microseconds.</summary>
    public long Sampling { get; init; } = 1_000_000;

    /// <summary>Values the server keeps between two messages.</summary>
    public uint Queue { get; init; } = 10;

    /// <summary>Changes up to this are not told; 0 for none. Dropped where the server cannot do it.</summary>
    public double Deadband { get; internal set; }

    /// <summary>True where <see cref="Deadband"/> is in percent of the node's range.</summary>
    public bool DeadbandPercent { get; init; }

    /// <summary>Asks for a deadband.</summary>
    public MonitoredItem With(double deadband)
    {
        Deadband = deadband;
        return this;
    }

    /// <summary>Outcome of its creation.</summary>
    public StatusCode Status { get; internal set; } = new(StatusCodes.BadWaitingForInitialData);

    /// <summary>True while the server watches it.</summary>
    public bool IsActive => State == ItemState.Active;

    /// <summary>Sampling interval the server granted, microseconds.</summary>
    public long RevisedSampling { get; internal set; }

    internal ItemState State { get; set; }

    internal uint ServerId { get; set; }

    internal long RetryAt { get; set; }

    /// <summary>True where it is asked for in a call of its own, because a call with others failed as a whole.</summary>
    internal bool Alone { get; set; }

    internal void Reset()
    {
        State = ItemState.New;
        ServerId = 0;
        RetryAt = 0;
    }
}

/// <summary>Where a monitored item stands.</summary>
internal enum ItemState : byte
{
    New = 0,
    Asked,
    Active,
    Failed,
}
