using EdgeGateway.Metering;
using EdgeGateway.Metering.Rejoining;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Recovery;

/// <summary>
/// Brings metering to where the input log ends: the newest checkpoint, then the entries behind it, each under the plan it was written under. Without a checkpoint, all entries; and where the log has let
/// its beginning go, from where the record log says that totals stood.
/// </summary>
/// <remarks>
/// Metering is a pure function of the log, and an entry is committed with all that it caused; so what a replay states again is durable already, and may be dropped.
/// Entries that speak boot-monotonic time of a boot whose offset is not known are passed over until it is.
/// </remarks>
/// <param name="store">The log.</param>
/// <param name="plantOf">The compiled plant of a stored plan, or null where its map can no longer be read.</param>
public sealed class MeteringReplay(IStore store, Func<int, CompiledPlant?> plantOf)
{
    /// <summary>The boot source that stands for a clock nobody vouched for.</summary>
    public const string UnverifiedSource = "unverified";

    private const int Page = 512;
    private readonly Dictionary<int, ReplayPlant?> _plants = [];
    private readonly StoredHistory _history = new(store);
    private long _begin, _end;

    /// <summary>Metering as it stands, or null where the log holds nothing that can be timed yet.</summary>
    public MeteringCore? Core { get; private set; }

    /// <summary>Plan that <see cref="Core"/> runs under, or 0.</summary>
    public int PlanId { get; private set; }

    /// <summary>Number of the newest entry looked at.</summary>
    public long Seq { get; private set; }

    /// <summary>Number of the first entry that could not be timed yet, or 0.</summary>
    public long FirstUntimed { get; private set; }

    /// <summary>Entries applied behind the checkpoint.</summary>
    public int Applied { get; private set; }

    /// <summary>Entries that could not be applied: damaged, or under a plan that can no longer be read.</summary>
    public int Lost { get; private set; }

    /// <summary>Files to which checkpoints went that cannot be read.</summary>
    public IReadOnlyList<string> SetAside { get; private set; } = [];

    /// <summary>Where no checkpoint could be read and the log no longer has its beginning: number of its first entry, from which metering was rebuilt. Else 0.</summary>
    public long BeginsAt { get; private set; }

    /// <summary>What the record log knew of the time before <see cref="BeginsAt"/>; null where metering was not rebuilt so.</summary>
    public StatedPast? Past { get; private set; }

    /// <summary>Restores the newest readable checkpoint and applies what lies behind it. Without an epoch there is nothing yet.</summary>
    public void Restore()
    {
        if (store.Opened.Epoch is not { } epoch) return;
        for (var checkpoint = store.LoadCheckpoint(); checkpoint is not null && Core is null; checkpoint = store.LoadCheckpoint(checkpoint.Seq))
        {
            if (!checkpoint.IsWhole)
            {
                if (store.SetAsideCheckpoint(checkpoint) is { } damaged) SetAside = [.. SetAside, damaged];
                continue;
            }
            if (store.ReadEntries(checkpoint.Seq - 1, 1) is not [var at] || at.Seq != checkpoint.Seq || PlantOf(at.Plan) is not { } plant) continue;
            if (MeteringCore.TryRestore(plant.Plant.Metering, epoch, checkpoint.Body, out var core)) (Core, PlanId, Seq) = (core, at.Plan, checkpoint.Seq);
            else if (store.SetAsideCheckpoint(checkpoint) is { } aside) SetAside = [.. SetAside, aside];
        }
        if (Core is null && store.ReadEntries(0, 1) is [var first] && first.Seq > 1) Rejoin(epoch, first.Seq);
        Apply(epoch, NoOutput.Instance);
    }

    /// <summary>The log no longer has its beginning: it is replayed with all totals at zero, compared with the totals that were stated, and so is known where they must begin.</summary>
    private void Rejoin(long epoch, long first)
    {
        BeginsAt = first;
        var totals = new NewestTotals();
        Apply(epoch, totals);
        if (Core is null) return;
        Past = StatedPast.Of(totals, Core.Plan, _history, _begin, _end, ClosedUntil());
        (Core, PlanId, Seq, FirstUntimed, Applied, Lost) = (null, 0, 0, 0, 0, 0);
    }

    /// <summary>Up to when reporting was closed, as the events say.</summary>
    private long ClosedUntil()
    {
        var (until, after) = (long.MinValue, 0L);
        while (store.ReadEvents(after, Page) is { Count: > 0 } events)
        {
            foreach (var stored in events)
            {
                after = stored.Id;
                if (stored.Happening.Kind == EventKind.PeriodClosed) until = Math.Max(until, stored.Happening.At);
            }
        }
        return until;
    }

    /// <summary>Applies every entry that has not been and can be timed now.</summary>
    /// <param name="epoch">The store's epoch.</param>
    /// <param name="output">Receives what metering states.</param>
    public void Apply(long epoch, IMeteringOutput output)
    {
        if (FirstUntimed > 0) (Seq, FirstUntimed) = (FirstUntimed - 1, 0);
        while (store.ReadEntries(Seq, Page) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                Seq = entry.Seq;
                Apply(entry, epoch, output);
            }
        }
        // An older plan is as large as the one in force, and nobody asks for it again.
        _plants.Clear();
    }

    private void Apply(StoredEntry entry, long epoch, IMeteringOutput output)
    {
        var unverified = EntryCodec.IsUnverified(entry.Codec);
        var offset = 0L;
        if (EntryCodec.IsBootTime(entry.Codec))
        {
            var boot = store.Boot(entry.Boot);
            if (boot.UtcOffsetMicros is not { } known)
            {
                if (FirstUntimed == 0) FirstUntimed = entry.Seq;
                return;
            }
            offset = known;
            unverified = boot.Source == UnverifiedSource;
        }
        if (PlantOf(entry.Plan) is not { } plant)
        {
            Lost++;
            return;
        }
        var stamp = new EntryStamp(entry.Seq, entry.Now + offset, !unverified);
        if (Core is null) (Core, PlanId, _begin) = (new MeteringCore(plant.Plant.Metering, epoch, Past), entry.Plan, stamp.Now);
        _end = stamp.Now;
        if (PlanId != entry.Plan)
        {
            Core.ChangePlan(stamp, plant.Plant.Metering, output);
            PlanId = entry.Plan;
        }
        Applied++;
        if (entry.Kind == EntryKind.Samples)
        {
            if (plant.Decode(entry, offset) is { } block) Core.Apply(stamp, block, output);
            else Lost++;
        }
        else if (entry.Kind == EntryKind.Operator)
        {
            if (OperatorWord.Decode(entry.Body) is { } word) Core.Apply(stamp, word, output);
            else Lost++;
        }
        else if (entry.Kind == EntryKind.JobTick) Core.Work(stamp, _history, output);
        else if (entry.Kind != EntryKind.Plan) Core.Advance(stamp, output);
    }

    private ReplayPlant? PlantOf(int planId)
    {
        if (_plants.TryGetValue(planId, out var known)) return known;
        var plant = plantOf(planId) is { } compiled ? new ReplayPlant(compiled) : null;
        _plants.Add(planId, plant);
        return plant;
    }

    private sealed class NoOutput : IMeteringOutput
    {
        public static NoOutput Instance { get; } = new();

        public void Record(WindowRecord record)
        {
        }

        public void Event(GatewayEvent happening)
        {
        }
    }
}
