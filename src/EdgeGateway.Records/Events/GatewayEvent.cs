using System.Buffers;
using EdgeGateway.Records.Binary;

namespace EdgeGateway.Records.Events;

/// <summary>What happened. Durable numbers: 1–99 metering, 100–199 devices, 200–299 store and clock, 300–399 operators.</summary>
public enum EventKind : ushort
{
    /// <summary>A register passed its modulus.</summary>
    Rollover = 1,

    /// <summary>A register left its line and came back; what it said meanwhile does not count.</summary>
    Glitch = 2,

    /// <summary>A register began a new line below the old one; energy of the stretch is missing.</summary>
    Reset = 3,

    /// <summary>A register jumped ahead further than possible and stayed there; energy of the stretch is missing.</summary>
    Discontinuity = 4,

    /// <summary>A counter zeroed by shift began anew.</summary>
    ZeroedByShift = 5,

    /// <summary>A suspect value appeared.</summary>
    Suspect = 6,

    /// <summary>Samples of a point were missing for longer than its greatest allowed gap.</summary>
    Gap = 7,

    /// <summary>A sample came too late to be counted exactly.</summary>
    Late = 8,

    /// <summary>A reset or discontinuity was taken back: the register is on its old line again.</summary>
    ResetRetracted = 9,

    /// <summary>A meter was replaced, as an operator said: its register began a new line.</summary>
    MeterReplaced = 10,

    /// <summary>An operator's word could not be followed; the reason is in the details.</summary>
    WordRefused = 11,

    /// <summary>A batch began.</summary>
    BatchBegan = 12,

    /// <summary>A batch ended.</summary>
    BatchEnded = 13,

    /// <summary>A ratio was corrected from a date on, as an operator said.</summary>
    RatioCorrected = 14,

    /// <summary>Reporting was closed up to a time, as an operator said: from then on what was stated before changes by adjustment records only.</summary>
    PeriodClosed = 15,

    /// <summary>Readings from within a gap have said how often the register went around in it: what was ambiguous is certain.</summary>
    RoundsSettled = 16,

    /// <summary>The gateway started.</summary>
    Started = 200,

    /// <summary>The clock moved otherwise than time passed.</summary>
    ClockStep = 201,

    /// <summary>The clock was trusted.</summary>
    ClockTrusted = 202,

    /// <summary>Nobody has vouched for the clock for a day.</summary>
    ClockDoubted = 203,

    /// <summary>The log came to its bounds: so much was let go, and so much of it a publisher had not sent.</summary>
    Shed = 210,

    /// <summary>A database file that was damaged was set aside, and a fresh one begun.</summary>
    StoreSetAside = 211,

    /// <summary>A checkpoint that could not be read was set aside, and metering rebuilt from an older one or the log.</summary>
    CheckpointSetAside = 212,

    /// <summary>An operator said something to the gateway; the detail <c>verb</c> tells what.</summary>
    OperatorWord = 300,
}

/// <summary>One event: what, when, to what, and its details.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">When, UTC microseconds.</param>
/// <param name="Subject">Path of the point, unit or connection, or "" for the gateway.</param>
/// <param name="Details">Named values, already as text in invariant form; may be empty.</param>
public sealed record GatewayEvent(EventKind Kind, long At, string Subject, IReadOnlyList<KeyValuePair<string, string>> Details)
{
    private const byte Version = 1;

    /// <summary>Appends subject and details; kind and time have their own columns.</summary>
    public void EncodeBody(IBufferWriter<byte> output)
    {
        var w = new ByteWriter(output);
        w.Byte(Version);
        w.Text(Subject);
        w.Unsigned((ulong)Details.Count);
        foreach (var (name, value) in Details)
        {
            w.Text(name);
            w.Text(value);
        }
    }

    /// <summary>Reads a body; null where it is damaged or of an unknown version.</summary>
    public static GatewayEvent? Decode(EventKind kind, long at, ReadOnlySpan<byte> body)
    {
        var r = new ByteReader(body);
        if (r.Byte() != Version) return null;
        var subject = r.Text();
        var count = r.Count(2);
        var details = new List<KeyValuePair<string, string>>(count);
        for (var i = 0; i < count && !r.Failed; i++) details.Add(new(r.Text(), r.Text()));
        return r.AtEnd ? new GatewayEvent(kind, at, subject, details) : null;
    }
}
