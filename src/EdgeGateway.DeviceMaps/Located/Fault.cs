namespace EdgeGateway.DeviceMaps.Located;

/// <summary>Something wrong in a map: where, what, and what to do.</summary>
/// <param name="Mark">The place.</param>
/// <param name="Message">One sentence that names the key, the value and the remedy.</param>
public sealed record Fault(Mark Mark, string Message)
{
    /// <summary><c>file:line:column: message</c>.</summary>
    public override string ToString() => $"{Mark}: {Message}";
}

/// <summary>Collects all faults of all files.</summary>
public sealed class FaultList
{
    private readonly List<Fault> _faults = [];

    /// <summary>Faults ordered by file, line and column.</summary>
    public IReadOnlyList<Fault> Ordered => [.. _faults.OrderBy(f => f.Mark.File, StringComparer.Ordinal).ThenBy(f => f.Mark.Line).ThenBy(f => f.Mark.Column)];

    /// <summary>True where there is none.</summary>
    public bool IsEmpty => _faults.Count == 0;

    /// <summary>Adds a fault.</summary>
    public void Add(Mark mark, string message) => _faults.Add(new Fault(mark, message));
}
