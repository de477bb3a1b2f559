using System.Buffers;
using EdgeGateway.Metering.Plans;
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
}

/// <summary>Writes metering's state as sections of (kind, version, length), points and units named by persisted id.</summary>
internal static class CheckpointWriter
{
    /// <summary>Version of every section written; versions up to this one are read.</summary>
    public const byte Version = 1;

    public static void Write(MeteringPlan plan, Tracks tracks, UnitTrack[] units, IBufferWriter<byte> output)
    {
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
        }
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
