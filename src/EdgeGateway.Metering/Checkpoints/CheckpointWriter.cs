using System.Buffers;
using System.Buffers.Binary;
using EdgeGateway.Metering.Amendments;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Restating;
using EdgeGateway.Metering.Units;
using EdgeGateway.Records.Binary;

namespace EdgeGateway.Metering.Checkpoints;

/// <summary>Kinds of section in a checkpoint. Durable numbers; a reader passes over kinds it does not know.</summary>
internal enum SectionKind : byte
{
    Base = 1,
    Counter = 2,
    State = 3,
    Gauge = 4,
    Unit = 5,

    /// <summary>The last one: a sum over all bytes before it, so that a checkpoint cut short or damaged is never taken for a whole one.</summary>
    End = 6,

    /// <summary>Stored records of a unit that wait to be stated again.</summary>
    Job = 7,

    /// <summary>Orders to state figures again under other sets.</summary>
    Restating = 8,

    /// <summary>Up to when reporting is closed.</summary>
    Closed = 9,

    /// <summary>What a unit makes and made, behind its own section; only where a point says it. Programs that do not know it pass it over.</summary>
    Products = 10,
}

/// <summary>Writes metering's state as sections of (kind, version, length), points and units named by persisted id.</summary>
internal static class CheckpointWriter
{
    private const int EndBytes = 3 + sizeof(ulong);

    /// <summary>Version of every section written; versions up to this one are read.</summary>
    public const byte Version = 6;

    public static void Write(MeteringPlan plan, Tracks tracks, UnitTrack[] units, AmendmentJobs jobs, RestateJobs restating, ClosedPeriods closed, IBufferWriter<byte> target)
    {
        var output = new ArrayBufferWriter<byte>(65_536);
        var scratch = new ArrayBufferWriter<byte>(1024);
        new ByteWriter(scratch).Signed(tracks.BaseMicros);
        Section(output, SectionKind.Base, scratch);
        for (var slot = 0; slot < plan.Points.Length; slot++)
        {
            var w = new ByteWriter(scratch);
            w.Signed(plan.Points[slot].Id);
            if (tracks.Counters[slot] is { Begun: true } counter)
            {
                counter.Line.Save(w);
                counter.Save(w);
                Section(output, SectionKind.Counter, scratch);
            }
            else if (tracks.States[slot] is { Begun: true } state)
            {
                state.Save(w);
                Section(output, SectionKind.State, scratch);
            }
            else if (tracks.Gauges[slot] is { Begun: true } gauge)
            {
                gauge.Save(w);
                Section(output, SectionKind.Gauge, scratch);
            }
            else scratch.ResetWrittenCount();
        }
        foreach (var unit in units)
        {
            if (!unit.Begun) continue;
            var w = new ByteWriter(scratch);
            w.Signed(unit.Layout.Plan.Id);
            unit.Save(w, plan);
            Section(output, SectionKind.Unit, scratch);
            if (!unit.SaysProducts) continue;
            w = new ByteWriter(scratch);
            w.Signed(unit.Layout.Plan.Id);
            unit.SaveProducts(w);
            Section(output, SectionKind.Products, scratch);
        }
        foreach (var job in jobs.Jobs)
        {
            var w = new ByteWriter(scratch);
            w.Signed(job.Unit);
            job.Save(w);
            Section(output, SectionKind.Job, scratch);
        }
        new ByteWriter(scratch).Signed(0);
        restating.Save(scratch);
        Section(output, SectionKind.Restating, scratch);
        var last = new ByteWriter(scratch);
        last.Signed(0);
        closed.Save(last);
        Section(output, SectionKind.Closed, scratch);
        BinaryPrimitives.WriteUInt64LittleEndian(scratch.GetSpan(sizeof(ulong)), Sum(output.WrittenSpan));
        scratch.Advance(sizeof(ulong));
        Section(output, SectionKind.End, scratch);
        target.Write(output.WrittenSpan);
    }

    /// <summary>Whether the bytes end with the right sum over all before it; takes that end off.</summary>
    public static bool IsWhole(ref ReadOnlySpan<byte> checkpoint)
    {
        if (checkpoint.Length < EndBytes) return false;
        var body = checkpoint[..^EndBytes];
        var end = checkpoint[^EndBytes..];
        if (end[0] != (byte)SectionKind.End || end[1] > Version || end[2] != sizeof(ulong) || BinaryPrimitives.ReadUInt64LittleEndian(end[3..]) != Sum(body)) return false;
        checkpoint = body;
        return true;
    }

    /// <summary>FNV-1a, 64 bits.</summary>
    private static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 14_695_981_039_346_656_037UL;
        foreach (var b in bytes) sum = unchecked((sum ^ b) * 1_099_511_628_211UL);
        return sum;
    }

    private static void Section(IBufferWriter<byte> output, SectionKind kind, ArrayBufferWriter<byte> body)
    {
        var w = new ByteWriter(output);
        w.Byte((byte)kind);
        w.Byte(Version);
        w.Unsigned((ulong)body.WrittenCount);
        w.Raw(body.WrittenSpan);
        body.ResetWrittenCount();
    }
}
