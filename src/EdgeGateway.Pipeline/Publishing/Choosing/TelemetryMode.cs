namespace EdgeGateway.Pipeline.Publishing.Choosing;

/// <summary>Which samples a publisher carries.</summary>
public enum TelemetryMode : byte
{
    /// <summary>None.</summary>
    Off = 0,

    /// <summary>Report by exception: those that say something new.</summary>
    OnChange = 1,

    /// <summary>Every one.</summary>
    All = 2,
}
