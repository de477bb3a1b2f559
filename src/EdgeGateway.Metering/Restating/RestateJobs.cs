using System.Buffers;
using EdgeGateway.Metering.Amendments;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Units;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Restating;

/// <summary>States the figures of stored records again, a bounded share at a time. Every record that changes is a revision; what was measured stays as it is.</summary>
internal sealed class RestateJobs
{
    private const int Share = 256;
    private readonly List<RestateJob> _jobs = [];
    private long _noticed;

    /// <summary>True while something is to be done.</summary>
    public bool Any => _jobs.Count > 0;

    public void Add(RestateOrder order) => _jobs.Add(new RestateJob(order));

    /// <summary>Where a meter of the supply has been mended, what lines are charged for follows, though their own meters said nothing new: their figures are worked out anew behind it.</summary>
    public void Notice(AmendmentJobs amendments, UnitTrack[] units, MeteringPlan plan)
    {
        if (plan.Carbon is not { } carbon) return;
        var (from, to, newest) = (long.MaxValue, long.MinValue, _noticed);
        foreach (var amendment in amendments.Jobs.SelectMany(j => j.Amendments).Where(a => a.Seq > _noticed))
        {
            newest = Math.Max(newest, amendment.Seq);
            if (!Array.Exists(units, u => u.Layout.Supplies.Any(s => s.Inputs.Any(i => plan.Points[i.Slot].Id == amendment.Point)))) continue;
            (from, to) = (Math.Min(from, amendment.From), Math.Max(to, amendment.To));
        }
        _noticed = newest;
        if (from < to) Add(new RestateOrder(from - (24 * UtcMicros.PerHour), to, carbon));
    }

    /// <summary>Does the next share, of the oldest order.</summary>
    /// <returns>Records stated again.</returns>
    public int Work(Revision revision, MeteringPlan plan, IRecordHistory history, IMeteringOutput output)
    {
        var (stated, left, boundary) = (0, Share, new SupplyBoundary(plan));
        while (left > 0 && _jobs.Count > 0)
        {
            var job = _jobs[0];
            if (Next(plan, job.Unit) is not { } unit)
            {
                _jobs.RemoveAt(0);
                continue;
            }
            job.Unit = plan.Units[unit].Id;
            // What a record costs does not depend on what is in it: a replay, which finds the outcome there already, cuts the work into the same shares.
            left--;
            var cost = 1 + boundary.Beside(unit).Length;
            var page = history.Read(job.Unit, job.Kind, job.Cursor, job.Order.To, left);
            foreach (var record in page)
            {
                left -= cost;
                if (record.Revision >= revision || !Refiguring.Apply(record, job.Order.Plan, plan, boundary, unit, history)) continue;
                record.Revision = revision;
                output.Record(record);
                stated++;
            }
            if (page.Count > 0) job.Cursor = page[^1].Start + 1;
            else if (left > 0 && !job.NextKind()) job.Unit++;
        }
        return stated;
    }

    public void Save(IBufferWriter<byte> output)
    {
        var w = new ByteWriter(output);
        w.Signed(_noticed);
        w.Unsigned((ulong)_jobs.Count);
        foreach (var job in _jobs) job.Save(w);
    }

    public void Load(ref ByteReader r)
    {
        _noticed = r.Signed();
        for (var left = r.Count(6); left > 0 && !r.Failed; left--)
        {
            if (RestateJob.Load(ref r) is { } job) _jobs.Add(job);
        }
    }

    /// <summary>Index of the unit with the lowest id from <paramref name="id"/> on.</summary>
    private static int? Next(MeteringPlan plan, int id)
    {
        int? next = null;
        for (var i = 0; i < plan.Units.Length; i++)
        {
            if (plan.Units[i].Id >= id && (next is not { } best || plan.Units[i].Id < plan.Units[best].Id)) next = i;
        }
        return next;
    }
}
