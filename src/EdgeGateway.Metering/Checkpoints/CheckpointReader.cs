using EdgeGateway.Metering.Amendments;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Restating;
using EdgeGateway.Metering.Units;
using EdgeGateway.Records.Binary;

namespace EdgeGateway.Metering.Checkpoints;

/// <summary>Reads what <see cref="CheckpointWriter"/> wrote. Points and units that the plan no longer has are passed over; new ones begin as if nothing had been.</summary>
internal static class CheckpointReader
{
    public static bool TryRead(ReadOnlySpan<byte> checkpoint, MeteringPlan plan, Tracks tracks, UnitTrack[] units, AmendmentJobs jobs, RestateJobs restating, ClosedPeriods closed)
    {
        if (!CheckpointWriter.IsWhole(ref checkpoint)) return false;
        var slots = plan.Points.Select((point, slot) => (point.Id, slot)).ToDictionary(p => p.Id, p => p.slot);
        var r = new ByteReader(checkpoint);
        var savedBase = 0L;
        try
        {
            while (!r.AtEnd)
            {
                var (kind, version) = ((SectionKind)r.Byte(), r.Byte());
                var body = new ByteReader(r.Raw(r.Count()));
                if (r.Failed || version > CheckpointWriter.Version) return false;
                if (kind == SectionKind.Base) savedBase = body.Signed();
                else if (savedBase <= 0) return false;
                else if (!ReadSection(kind, version, ref body, savedBase, slots, tracks, units, jobs, restating, closed)) return false;
            }
        }
        catch (Exception e) when (e is InvalidOperationException or ArithmeticException)
        {
            // Edges that do not follow each other, or numbers that no register has: damaged in a way that lengths do not show.
            return false;
        }
        return savedBase > 0;
    }

    private static bool ReadSection(SectionKind kind, byte version, ref ByteReader body, long savedBase, Dictionary<int, int> slots, Tracks tracks, UnitTrack[] units, AmendmentJobs jobs, RestateJobs restating, ClosedPeriods closed)
    {
        var id = body.Int32();
        var slot = slots.GetValueOrDefault(id, -1);
        switch (kind)
        {
            case SectionKind.Counter when slot >= 0 && tracks.Counters[slot] is { } counter:
                counter.Line.Load(ref body, version);
                counter.Load(ref body, savedBase, version);
                return body.AtEnd;
            case SectionKind.State when slot >= 0 && tracks.States[slot] is { } state:
                state.Load(ref body, savedBase, version);
                return body.AtEnd;
            case SectionKind.Gauge when slot >= 0 && tracks.Gauges[slot] is { } gauge:
                gauge.Load(ref body, savedBase, version);
                return body.AtEnd;
            case SectionKind.Unit when units.FirstOrDefault(u => u.Layout.Plan.Id == id) is { } unit:
                unit.Load(ref body, savedBase, version, point => slots.GetValueOrDefault(point, -1));
                return body.AtEnd;
            case SectionKind.Products when units.FirstOrDefault(u => u.Layout.Plan.Id == id) is { } unit:
                unit.LoadProducts(ref body);
                return body.AtEnd;
            case SectionKind.Job when Array.Exists(units, u => u.Layout.Plan.Id == id):
                jobs.Add(UnitJob.Load(id, version, ref body));
                return body.AtEnd;
            case SectionKind.Restating:
                restating.Load(ref body);
                return body.AtEnd;
            case SectionKind.Closed:
                closed.Load(ref body);
                return body.AtEnd;
            default:
                return !body.Failed;
        }
    }
}
