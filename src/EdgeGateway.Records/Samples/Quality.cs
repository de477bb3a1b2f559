namespace EdgeGateway.Records.Samples;

/// <summary>How far a sample may be believed, and why not further. The two top bits are the severity, the six others the reason.</summary>
/// <remarks>The numbers are durable: they stand in the input log. New reasons get new numbers; none is reused.</remarks>
public enum Quality : byte
{
    /// <summary>Read from the device as it should be.</summary>
    Good = 0x00,

    /// <summary>An unchanged value extended by a live subscription's keepalive: closes windows and extends holds, never confirms a reset.</summary>
    GoodHeartbeat = 0x01,

    /// <summary>The device says that its own value is uncertain.</summary>
    UncertainDevice = 0x40,

    /// <summary>The stamp comes from a clock that is not trusted.</summary>
    UncertainClock = 0x41,

    /// <summary>Bad without a nearer reason.</summary>
    Bad = 0x80,

    /// <summary>The device did not answer in time.</summary>
    BadTimeout = 0x81,

    /// <summary>The device answered with a protocol exception.</summary>
    BadException = 0x82,

    /// <summary>The value lies outside the point's declared range or outside int64 steps.</summary>
    BadOutOfRange = 0x83,

    /// <summary>The device sent its "not available" value.</summary>
    BadSentinel = 0x84,

    /// <summary>The device repeats an old value.</summary>
    BadStale = 0x85,

    /// <summary>There is no connection to the device.</summary>
    BadDisconnected = 0x86,

    /// <summary>What came was no valid answer.</summary>
    BadMalformed = 0x87,
}

/// <summary>Questions about a <see cref="Quality"/>.</summary>
public static class QualityTests
{
    /// <summary>Good or uncertain: there is a value.</summary>
    public static bool HasValue(this Quality quality) => (byte)quality < 0x80;

    /// <summary>Good, a heartbeat included.</summary>
    public static bool IsGood(this Quality quality) => (byte)quality < 0x40;

    /// <summary>The word for people and for payloads: <c>good</c>, <c>timeout</c>, <c>exception</c>…</summary>
    public static string Word(this Quality quality) => quality switch
    {
        Quality.Good or Quality.GoodHeartbeat => "good",
        Quality.UncertainDevice => "uncertain",
        Quality.UncertainClock => "uncertain_clock",
        Quality.BadTimeout => "timeout",
        Quality.BadException => "exception",
        Quality.BadOutOfRange => "out_of_range",
        Quality.BadSentinel => "sentinel",
        Quality.BadStale => "stale",
        Quality.BadDisconnected => "disconnected",
        Quality.BadMalformed => "malformed",
        _ => "bad",
    };
}
