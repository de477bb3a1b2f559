namespace EdgeGateway.Pipeline.Time;

/// <summary>Says whether the system clock can be trusted.</summary>
public interface IClockSource
{
    /// <summary>Word for the boot's row and for events: <c>kernel</c>.</summary>
    string Name { get; }

    /// <summary>True while the source vouches for the system clock.</summary>
    bool IsSynchronised { get; }
}
