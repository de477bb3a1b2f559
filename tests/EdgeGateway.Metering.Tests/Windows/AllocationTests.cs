using EdgeGateway.Metering.Output;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Windows;

/// <summary>In steady state samples and window closings allocate nothing.</summary>
public sealed class AllocationTests
{
    [Fact]
    public void Samples_and_closings_allocate_nothing()
    {
        var plant = new Plant { Base = WindowKind.OfSeconds(10), Longer = [WindowKind.Minute, WindowKind.QuarterHour] };
        var parent = plant.Unit(new UnitInputPlan(plant.Counter(Plant.Meter), InputRole.Purchased, Carrier.Electricity));
        for (var line = 0; line < 5; line++)
        {
            var (meter, good, scrap, state, power) = (plant.Counter(Plant.Meter), plant.Counter(Plant.Pieces), plant.Counter(Plant.Pieces), plant.State(), plant.Gauge());
            plant.Unit(new UnitPlan
            {
                Id = 0,
                Path = "",
                Parent = parent,
                Inputs = [new UnitInputPlan(meter, InputRole.Purchased, Carrier.Electricity), new UnitInputPlan(good, InputRole.Good, Carrier.None), new UnitInputPlan(scrap, InputRole.Scrap, Carrier.None)],
                StateSlot = state,
                Gauges = [power],
                ProductSlot = plant.Text(),
                Output = new OutputPlan { ByPoint = true, Products = [new ProductPlan { Name = "bracket", Codes = ["A"], Price = [new(long.MinValue, new(125, -1))] }] },
            });
        }
        var plan = plant.Plan();
        var core = new MeteringCore(plan, Feed.Epoch);
        var block = new SampleBlock(plan.Points.Length);
        var count = new Count();
        void Tick(int second)
        {
            block.Clear();
            for (var slot = 0; slot < plan.Points.Length; slot++)
            {
                if (plan.Points[slot].Kind == PointKind.Gauge) block.TryAddGauge(slot, Feed.At(second), 0, second % 17);
                else if (plan.Points[slot].Kind == PointKind.Text) block.TryAddText(slot, Feed.At(second), 0, "A");
                else block.TryAddInteger(slot, Feed.At(second), 0, plan.Points[slot].Kind == PointKind.State ? second / 7 % 3 : second);
            }
            core.Apply(new EntryStamp(second, Feed.At(second), true), block, count);
        }

        for (var second = 1; second < 2_000; second++) Tick(second);
        var (records, before) = (count.Records, GC.GetAllocatedBytesForCurrentThread());
        for (var second = 2_000; second < 4_000; second++) Tick(second);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(count.Records - records > 6 * 230);
    }

    private sealed class Count : IMeteringOutput
    {
        public long Records { get; private set; }

        public void Record(WindowRecord record) => Records++;

        public void Event(GatewayEvent happening) => Assert.Fail(happening.ToString());
    }
}
