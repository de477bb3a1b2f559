using EdgeGateway.Metering.Calendars;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Windows;

/// <summary>Days, shifts and months are sums of their base windows, whatever happened in between.</summary>
[Collection(nameof(Alone))]
public sealed class LongWindowTests
{
    private const long One = CounterLine.One;
    private const long Hour = UtcMicros.PerHour;
    private static readonly WindowKind[] Kinds = [WindowKind.QuarterHour, WindowKind.Hour, WindowKind.Day, WindowKind.Month, WindowKind.Shift];

    [Theory]
    [InlineData(0)]
    [InlineData(97)]
    public void Every_longer_window_is_the_sum_of_its_base_windows(int restartEvery)
    {
        var feed = new Feed(Busy());
        // Two and a half days, a sample each 20 s, with outages of 30 s to 5 h, a reset, and idle nights.
        for (var s = 0; s < 220_000; s += 20)
        {
            if (s % 7_000 < 40 || s is > 50_000 and < 68_000) feed.Advance(s);
            else feed.With(s, 1000 + s / 2, 0).With(s, s < 120_000 ? s / 30 : (s - 120_000) / 30, 1).With(s, s / 3_600 % 24 < 6 ? 1 : 0, 2).Send(s);
            if (restartEvery > 0 && s / 20 % restartEvery == 0) feed.Restart();
        }
        feed.Advance(220_100);
        var bases = feed.Said.Final.Where(r => r.Kind == WindowKind.Minute).ToDictionary(r => r.Start);
        foreach (var kind in Kinds)
        {
            var found = feed.Said.Final.Where(r => r.Kind == kind).ToArray();
            Assert.True(kind == WindowKind.Month ? found.Length == 0 : found.Length >= 2, $"{kind}: {found.Length}");
            foreach (var window in found) IsSum(window, bases);
        }
    }

    [Fact]
    public void A_window_id_says_which_day_and_shift()
    {
        var feed = new Feed(Busy());
        for (var s = 0; s < 100_000; s += 20) feed.With(s, 1000 + s / 2, 0).Send(s);
        Assert.Contains(feed.Said.Final, r => r.Kind == WindowKind.Day && r.WindowId == "2026-11-24" && r.Start == Feed.At(-8 * 3600 + 8 * 3600) && r.End - r.Start == 24 * Hour);
        Assert.Contains(feed.Said.Final, r => r.Kind == WindowKind.Shift && r.WindowId == "2026-11-24/late" && r.End - r.Start == 12 * Hour);
    }

    [Fact]
    public void A_six_hour_hole_inside_a_day_leaves_the_day_exact()
    {
        var plant = new Plant { Longer = [WindowKind.Day] };
        plant.Unit(Electric(plant.Counter(Plant.Meter, pollSeconds: 20)));
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= 90_000; s += 20)
        {
            if (s is > 30_000 and < 51_600) feed.Advance(s);
            else feed.Count(s, 1000 + s / 2);
        }
        var day = feed.Window(0, kind: WindowKind.Day);
        Assert.Equal((Basis.Exact, 43_200 * One, WindowFlags.Gap), (day.Inputs[0].Basis, day.Inputs[0].T1, day.Flags));
        Assert.Equal(64_800_000_000, day.CoveredMicros);
    }

    [Fact]
    public void Energy_while_idle_is_that_of_the_idle_minutes_and_not_a_share_of_the_whole_by_time()
    {
        var plant = new Plant { Longer = [WindowKind.Hour] };
        var (meter, state) = (plant.Counter(Plant.Meter), plant.State());
        plant.Unit(new UnitPlan { Id = 0, Path = "", Inputs = [Electric(meter)], StateSlot = state });
        var feed = new Feed(plant.Plan());
        // Half an hour running at a step a second, half an hour idle at a step in ten seconds.
        for (var s = 0; s <= 3_600; s++) feed.With(s, s <= 1_800 ? s : 1_800 + (s - 1_800) / 10, meter).With(s, s < 1_800 ? 0 : 1, state).Send(s);
        var split = feed.Input(0, kind: WindowKind.Hour).ByState;
        Assert.Equal((1_800 * One, 180 * One), (split[0], split[1]));
    }

    [Fact]
    public void A_week_without_the_gateway_is_one_gap_record_and_exact_sums_in_little_memory()
    {
        const int Units = 500, Week = 7 * 86_400;
        var plant = new Plant { Longer = [WindowKind.QuarterHour, WindowKind.Hour, WindowKind.Day, WindowKind.Month] };
        for (var u = 0; u < Units; u++) plant.Unit([.. Enumerable.Range(0, 8).Select(_ => Electric(plant.Counter(Plant.Meter)))]);
        var said = new Newest();
        var core = new MeteringCore(plant.Plan(), Feed.Epoch);
        var block = new Records.Samples.SampleBlock(Units * 8);
        var seq = 0L;
        for (var s = 0; s <= 130; s++) Send(s);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var s = Week; s < Week + 20; s++) Send(s);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        Assert.True(after - before < 100_000_000, $"{(after - before) / 1_000_000} MB for a week");
        Assert.Equal(Units, said.Of(WindowKind.Gap).Count());
        foreach (var kind in (WindowKind[])[WindowKind.QuarterHour, WindowKind.Hour, WindowKind.Day])
        {
            var windows = said.Of(kind).Where(w => w.Key.Unit == 7).OrderBy(w => w.Key.Start).ToArray();
            Assert.Equal(Week * 1_000_000L / (kind == WindowKind.Day ? 24 * Hour : kind.FixedMicros), windows.Length);
            for (var i = 1; i < windows.Length; i++) Assert.Equal((windows[i - 1].End, windows[i - 1].T1), (windows[i].Key.Start, windows[i].T0));
            Assert.Equal((0, Week * One), (windows[0].T0, windows[^1].T1));
        }
        // Two minutes were stated before; the third holds the beginning of the gap.
        var minutes = said.Of(WindowKind.Minute).Where(w => w.Key.Unit == 7).OrderBy(w => w.Key.Start).ToArray();
        var gap = said.Of(WindowKind.Gap).Single(w => w.Key.Unit == 7);
        Assert.Equal([Feed.At(0), Feed.At(60), Feed.At(120)], minutes.Take(3).Select(m => m.Key.Start));
        Assert.Equal((minutes[2].End, minutes[2].T1), (gap.Key.Start, gap.T0));
        Assert.All(minutes.Skip(3), m => Assert.True(m.Key.Start >= gap.End));

        void Send(int s)
        {
            for (var slot = 0; slot < Units * 8; slot++) block.TryAddInteger(slot, Feed.At(s), 0, s);
            core.Apply(new EntryStamp(++seq, Feed.At(s), true), block, said);
            block.Clear();
        }
    }

    [Fact]
    public void A_gap_of_a_year_is_told_at_once_by_its_longer_windows_and_joins_them()
    {
        var plant = new Plant { Longer = [WindowKind.Hour, WindowKind.Day, WindowKind.Month] };
        plant.Unit(Electric(plant.Counter(Plant.Meter)));
        var feed = new Feed(plant.Plan()).Run(0, 130, 1000);
        const int Year = 365 * 86_400;
        for (var s = Year; s < Year + 60; s++)
        {
            feed.Count(s, 1000 + s);
            if (s == Year + 20) feed.Restart();
        }
        var months = feed.Said.Final.Where(r => r.Kind == WindowKind.Month).OrderBy(r => r.Start).ToArray();
        Assert.Equal(12, months.Length);
        for (var i = 1; i < months.Length; i++) Assert.Equal((months[i - 1].End, months[i - 1].Inputs[0].T1, Basis.Estimated), (months[i].Start, months[i].Inputs[0].T0, months[i].Inputs[0].Basis));
        Assert.Equal(365, feed.Said.Final.Count(r => r.Kind == WindowKind.Day));
        Assert.Single(feed.Said.Final, r => r.Kind == WindowKind.Gap);
    }

    private static void IsSum(WindowRecord window, Dictionary<long, WindowRecord> bases)
    {
        var first = Math.Max(window.Start, bases.Keys.Min());
        var parts = new List<WindowRecord>();
        for (var at = first; at < window.End; at += UtcMicros.PerMinute) parts.Add(bases[at]);
        Assert.Equal(parts.Sum(p => p.CoveredMicros), window.CoveredMicros);
        for (var i = 0; i < window.Inputs.Length; i++)
        {
            var input = window.Inputs[i];
            Assert.Equal((parts[0].Inputs[i].T0, parts[^1].Inputs[i].T1), (input.T0, input.T1));
            Assert.Equal(parts.Aggregate(WindowFlags.None, (f, p) => f | p.Inputs[i].Flags) & ~WindowFlags.Coarse, input.Flags & ~WindowFlags.Coarse);
            for (var s = 0; s < 4; s++) Assert.Equal(parts.Sum(p => p.Inputs[i].ByState[s]), input.ByState[s]);
        }
        for (var s = 0; s < 3; s++) Assert.Equal(parts.Sum(p => p.StateMicros()[s]), window.StateMicros()[s]);
    }

    private static MeteringPlan Busy()
    {
        var plant = new Plant { Longer = [.. Kinds] };
        var (meter, pieces, state) = (plant.Counter(Plant.Meter, 20), plant.Counter(Plant.Pieces, 20), plant.State(20));
        plant.Unit(new UnitPlan { Id = 0, Path = "", Inputs = [Electric(meter), new(pieces, InputRole.Good, Carrier.None)], StateSlot = state });
        return plant.Plan() with
        {
            Calendar = new CalendarPlan { Zone = ZoneTable.Fixed(8 * Hour), DayStartMicros = 8 * Hour, Shifts = [new("early", 8 * Hour, 20 * Hour), new("late", 20 * Hour, 8 * Hour)] },
        };
    }

    private static UnitInputPlan Electric(int slot) => new(slot, InputRole.Purchased, Carrier.Electricity);

    private sealed class Newest : IMeteringOutput
    {
        private readonly Dictionary<RecordKey, (RecordKey Key, long End, long T0, long T1)> _windows = [];

        public IEnumerable<(RecordKey Key, long End, long T0, long T1)> Of(WindowKind kind) => _windows.Values.Where(w => w.Key.Kind == kind);

        public void Record(WindowRecord record) => _windows[record.Key] = (record.Key, record.End, record.Inputs[0].T0, record.Inputs[0].T1);

        public void Event(Records.Events.GatewayEvent happening)
        {
        }
    }
}
