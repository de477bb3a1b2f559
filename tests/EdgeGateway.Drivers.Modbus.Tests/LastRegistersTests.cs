using System.Globalization;
using EdgeGateway.Modbus.Pdu;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>The registers behind the newest values, for screens.</summary>
public sealed class LastRegistersTests
{
    private const long Second = 1_000_000;

    [Fact]
    public void From_the_first_question_on_each_points_registers_stand_beside_the_sample_made_of_them()
    {
        var points = Plant.Row(10, 3, TimeSpan.FromSeconds(1));
        var run = new MachineRun(Plant.Bus(502, Plant.Device("a", 1, points), Plant.Device("b", 2, Plant.Row(700, 2, TimeSpan.FromSeconds(1)))), (_, _) => Answer.Good);
        run.For(3 * Second);
        Assert.Null(run.Layout.Last.Of("a.r10"));
        run.For(3 * Second);
        for (var i = 0; i < 5; i++)
        {
            var raw = run.Layout.Last.Of(i < 3 ? $"a.r{10 + i}" : $"b.r{697 + i}")!.Value;
            Assert.Equal((i < 3 ? 10 + i : 697 + i).ToString("X4", CultureInfo.InvariantCulture), raw.Text);
            Assert.Equal(run.Sink.Of(run.Layout.Points[i].Slot).Last().Time, raw.Time);
        }
    }

    [Fact]
    public void A_point_that_is_called_otherwise_has_none()
    {
        var run = new MachineRun(Plant.Bus(502, Plant.Device("a", 1, Plant.Row(10, 1, TimeSpan.FromSeconds(1)))), (_, _) => Answer.Good);
        Assert.Null(run.Layout.Last.Of("a.r10"));
        run.For(2 * Second);
        Assert.NotNull(run.Layout.Last.Of("a.r10"));
        Assert.Null(run.Layout.Last.Of("a.r11"));
    }

    [Fact]
    public void What_is_refused_later_does_not_take_the_last_ones_place()
    {
        var run = new MachineRun(Plant.Bus(502, Plant.Device("a", 1, Plant.Row(10, 1, TimeSpan.FromSeconds(1)))), (_, _) => Answer.Good);
        run.For(Second);
        Assert.Null(run.Layout.Last.Of("a.r10"));
        run.For(2 * Second);
        var before = run.Layout.Last.Of("a.r10");
        run.Device = (_, _) => Answer.Refusal(ExceptionCode.DeviceFailure);
        run.For(3 * Second);
        Assert.Equal(before, run.Layout.Last.Of("a.r10"));
        Assert.NotEqual(before!.Value.Time, run.Sink.Of(run.Layout.Points[0].Slot).Last().Time);
    }

    [Fact]
    public void Keeping_allocates_nothing()
    {
        var run = new MachineRun(Plant.Bus(502, Plant.Device("a", 1, Plant.Row(10, 1, TimeSpan.FromSeconds(1)))), (_, _) => Answer.Good);
        run.Layout.Last.Of("a.r10");
        byte[] words = [1, 2];
        for (var i = 0; i < 100; i++) run.Layout.Last.Keep(0, i, words);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) run.Layout.Last.Keep(0, i, words);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal("0102", run.Layout.Last.Of("a.r10")!.Value.Text);
    }
}
