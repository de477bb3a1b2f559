using EdgeGateway.Metering;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Benchmarks;

/// <summary>
/// A plant of 5 000 points (4 000 counters, 500 states, 500 gauges) in 500 units under ten halls, every point once a simulated second, window closings included; beside a naive loop
/// that keeps each point's samples in a list and sums each window with LINQ.
/// </summary>
public static class MeteringTick
{
    private const int Units = 500, Halls = 10, CountersEach = 8, WarmSeconds = 2_000, Seconds = 60;
    private const long Origin = 1_795_478_400_000_000;

    public static IEnumerable<string> Run()
    {
        var plan = Plan();
        var points = plan.Points.Length;
        var block = new SampleBlock(points);
        var output = new Discard();
        var (core, naive) = (new MeteringCore(plan, 1), new Naive(plan));
        var (ours, peer) = (0, 0);

        void Fill(int second)
        {
            block.Clear();
            var time = Origin + second * 1_000_000L + 300_000;
            for (var slot = 0; slot < points; slot++)
            {
                if (plan.Points[slot].Kind == PointKind.Gauge) block.TryAddGauge(slot, time, 1_000, second % 17);
                else block.TryAddInteger(slot, time, 1_000, plan.Points[slot].Kind == PointKind.State ? second / 40 % 3 : second + slot);
            }
        }

        void Ours(int seconds)
        {
            for (var end = ours + seconds; ours < end; ours++)
            {
                Fill(ours);
                core.Apply(new EntryStamp(ours + 1, Origin + ours * 1_000_000L + 310_000, true), block, output);
            }
        }

        void Peer(int seconds)
        {
            for (var end = peer + seconds; peer < end; peer++)
            {
                Fill(peer);
                naive.Apply(block);
            }
        }

        Ours(WarmSeconds);
        Peer(120);
        var each = (long)points * Seconds;
        yield return InterleavedPairs.Measure(() => Figure.NanosecondsEach(each, () => Ours(Seconds)), () => Figure.NanosecondsEach(each, () => Peer(Seconds))).Line("metering-tick.sample", "ns/sample", "naive");
        yield return Figure.Line("metering-tick.allocated", Figure.BytesEach(each, () => Ours(Seconds)), "B/sample");
        yield return Figure.Line("metering-tick.allocated-naive", Figure.BytesEach(each, () => Peer(Seconds)), "B/sample");
        yield return Figure.Line("metering-tick.records", output.Records / (ours / 60.0), "records/simulated-minute");
    }

    private static MeteringPlan Plan()
    {
        var points = new List<PointPlan>();
        var units = new List<UnitPlan>();
        for (var hall = 0; hall < Halls; hall++) units.Add(new UnitPlan { Id = hall + 1, Path = $"hall-{hall}" });
        for (var unit = 0; unit < Units; unit++)
        {
            var inputs = new List<UnitInputPlan>();
            for (var i = 0; i < CountersEach; i++)
            {
                var pieces = i >= CountersEach - 2;
                inputs.Add(new UnitInputPlan(points.Count, !pieces ? InputRole.Purchased : i == CountersEach - 2 ? InputRole.Good : InputRole.Scrap, pieces ? Carrier.None : Carrier.Electricity));
                Add(PointKind.Counter, pieces ? UnitOfMeasure.Piece : UnitOfMeasure.KilowattHour, new CounterPlan { Step = pieces ? ExactDecimal.One : new ExactDecimal(1, -2), RatedStepsPerSecond = 1, Pieces = pieces });
            }
            Add(PointKind.State, UnitOfMeasure.None, null);
            Add(PointKind.Gauge, UnitOfMeasure.Kilowatt, null);
            units.Add(new UnitPlan { Id = units.Count + 1, Path = $"unit-{unit}", Parent = unit % Halls, Inputs = [.. inputs], StateSlot = points.Count - 2, Gauges = [points.Count - 1] });
        }
        return new MeteringPlan { BaseWindow = WindowKind.Minute, LongerWindows = [WindowKind.QuarterHour], Points = [.. points], Units = [.. units] };

        void Add(PointKind kind, UnitOfMeasure unit, CounterPlan? counter) =>
            points.Add(new PointPlan { Id = points.Count + 1, Path = $"point-{points.Count}", Kind = kind, PollMicros = 1_000_000, Unit = unit, Counter = counter });
    }

    private sealed class Discard : IMeteringOutput
    {
        public long Records { get; private set; }

        public void Record(WindowRecord record) => Records++;

        public void Event(GatewayEvent happening) => throw new InvalidOperationException($"{happening.Kind} {happening.Subject}");
    }

    /// <summary>What one would write in an afternoon: no reset, rollover, gap, edge, bound or revision; sums of first and last values a minute.</summary>
    private sealed class Naive(MeteringPlan plan)
    {
        private readonly Dictionary<int, List<(long Time, double Value)>> _samples = [];
        private long _window = -1;

        public double Total { get; private set; }

        public void Apply(SampleBlock block)
        {
            var window = block.Times[0] / 60_000_000;
            if (window != _window && _window >= 0) Close();
            _window = window;
            for (var i = 0; i < block.Count; i++)
            {
                if (!_samples.TryGetValue(block.Slots[i], out var list)) _samples[block.Slots[i]] = list = [];
                list.Add((block.Times[i], plan.Points[block.Slots[i]].Kind == PointKind.Gauge ? block.Numbers[i] : block.Integers[i]));
            }
        }

        private void Close()
        {
            foreach (var unit in plan.Units)
            {
                Total += unit.Inputs.Sum(i => _samples[i.Slot].Max(s => s.Value) - _samples[i.Slot].Min(s => s.Value));
                if (unit.StateSlot >= 0) Total += _samples[unit.StateSlot].GroupBy(s => s.Value).Sum(g => g.Count());
                Total += unit.Gauges.Sum(g => _samples[g].Average(s => s.Value));
            }
            foreach (var list in _samples.Values) list.RemoveRange(0, list.Count - 1);
        }
    }
}
