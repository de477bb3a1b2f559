using CsCheck;
using EdgeGateway.Drivers.Modbus.Options;
using EdgeGateway.Drivers.Modbus.Polling;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>The bus machine over hours of its own time.</summary>
public sealed class MachineTests
{
    private const long Second = 1_000_000, Minute = 60 * Second;
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_period_is_held_by_deadline_and_the_stamp_is_the_middle_of_the_round_trip()
    {
        var run = new MachineRun(Plant.Bus(502, Plant.Device("a", 1, Plant.Row(10, 2, OneSecond))), (_, _) => Answer.Good, roundTrip: 30_000);
        run.For(Minute);
        var first = run.Asked[0].At;
        Assert.Equal(Enumerable.Range(0, run.Asked.Count).Select(i => first + i * Second), run.Asked.Select(a => a.At));
        Assert.InRange(run.Asked.Count, 60, 61);
        Assert.Equal(run.Asked.Select(a => a.At + 15_000), run.Sink.Of(0).Select(s => s.Time));
        Assert.All(run.Sink.Samples, s => Assert.Equal(30_000, s.Spread));
        Assert.Equal(0, run.Health.SkippedCycles);
    }

    [Fact]
    public void A_slow_device_misses_cycles_which_are_counted_and_never_come_in_a_burst()
    {
        var run = new MachineRun(Plant.Bus(502, TimeSpan.FromSeconds(5), Plant.Device("a", 1, Plant.Row(10, 1, OneSecond))), (_, _) => Answer.Good, roundTrip: 2_500_000);
        run.For(Minute);
        var asked = run.Asked.Select(a => a.At).ToArray();
        for (var i = 1; i < asked.Length; i++) Assert.True(asked[i] - asked[i - 1] >= 2_500_000);
        Assert.InRange(run.Health.SkippedCycles + asked.Length, 60, 63);
    }

    [Fact]
    public void Devices_are_spread_over_the_period_and_the_same_way_each_time()
    {
        var devices = Enumerable.Range(1, 20).Select(u => Plant.Device($"d{u}", u, Plant.Row(10, 1, OneSecond))).ToArray();
        var runs = new[] { Once(), Once() };
        Assert.Equal(runs[0], runs[1]);
        var offsets = runs[0].Take(20).Select(a => a.At - runs[0][0].At).Order().ToArray();
        for (var i = 1; i < offsets.Length; i++) Assert.InRange(offsets[i] - offsets[i - 1], 10_000, 120_000);

        List<(long At, byte Unit, ReadRequest Request)> Once()
        {
            var run = new MachineRun(Plant.Bus(502, devices), (_, _) => Answer.Good);
            run.For(5 * Second);
            return run.Asked;
        }
    }

    [Fact]
    public void A_dead_device_is_probed_at_pauses_that_double_to_a_minute_and_answers_bad_each_cycle()
    {
        var plan = Plant.Bus(502, Plant.Device("dead", 1, Plant.Row(10, 1, OneSecond)), Plant.Device("alive", 2, Plant.Row(20, 1, OneSecond)));
        var run = new MachineRun(plan, (unit, _) => unit == 1 ? Answer.Silence : Answer.Good);
        run.For(10 * Minute);
        var probes = run.Asked.Where(a => a.Unit == 1).Select(a => a.At).ToArray();
        var pauses = probes.Zip(probes.Skip(1), (a, b) => (b - a) / (double)Second).ToArray();
        // The time-out itself and the wait for the next cycle are on top.
        double[] expected = [1, 2, 4, 8, 16, 32, 60, 60];
        for (var i = 0; i < expected.Length; i++) Assert.InRange(pauses[i], expected[i], expected[i] + 2.1);
        Assert.InRange(run.Sink.Of(0).Length, 580, 601);
        Assert.All(run.Sink.Of(0), s => Assert.Equal(Quality.BadTimeout, s.Quality));
        Assert.InRange(run.Sink.Of(1).Length, 590, 601);
        Assert.All(run.Sink.Of(1), s => Assert.Equal(Quality.Good, s.Quality));
        Assert.Single(run.Opens);
        run.Device = (_, _) => Answer.Good;
        run.For(2 * Minute);
        Assert.True(run.Health.Devices[0].Online);
        Assert.Equal(Quality.Good, run.Sink.Of(0)[^1].Quality);
    }

    [Fact]
    public void A_device_that_its_gateway_cannot_reach_is_left_alone_as_well()
    {
        var plan = Plant.Bus(502, Plant.Device("dead", 1, Plant.Row(10, 1, OneSecond)), Plant.Device("alive", 2, Plant.Row(20, 1, OneSecond)));
        var run = new MachineRun(plan, (unit, _) => unit == 1 ? Answer.Refusal(ExceptionCode.GatewayTargetSilent) : Answer.Good, roundTrip: 400_000);
        run.For(5 * Minute);
        Assert.InRange(run.Asked.Count(a => a.Unit == 1), 6, 12);
        Assert.All(run.Sink.Of(0), s => Assert.Equal(Quality.BadException, s.Quality));
    }

    [Fact]
    public void A_lone_device_is_asked_on_and_its_line_is_made_anew_when_it_stays_silent()
    {
        var run = new MachineRun(Plant.Bus(502, Plant.Device("a", 1, Plant.Row(10, 1, OneSecond))), (_, _) => Answer.Silence);
        run.For(Minute);
        Assert.True(run.Opens.Count > 3);
        Assert.InRange(run.Sink.Of(0).Length + run.Health.SkippedCycles, 55, 65);
        Assert.True(run.Sink.Count(Quality.BadTimeout) >= 9);
        Assert.True(run.Sink.Count(Quality.BadDisconnected) >= 9);
    }

    [Fact]
    public void An_unreachable_line_is_tried_at_growing_pauses_and_every_cycle_is_bad()
    {
        var run = new MachineRun(Plant.Bus(502, Plant.Device("a", 1, Plant.Row(10, 2, OneSecond))), (_, _) => Answer.Good) { Reachable = false };
        run.For(10 * Minute);
        var pauses = run.Opens.Zip(run.Opens.Skip(1), (a, b) => b - a).ToArray();
        Assert.Equal(375_000, pauses[0]);
        for (var i = 1; i < pauses.Length; i++) Assert.Equal(Math.Min(2 * pauses[i - 1], 22_500_000), pauses[i]);
        Assert.InRange(run.Sink.Of(1).Length, 600, 601);
        Assert.All(run.Sink.Samples, s => Assert.Equal(Quality.BadDisconnected, s.Quality));
        run.Reachable = true;
        run.For(Minute);
        Assert.Equal(Quality.Good, run.Sink.Of(1)[^1].Quality);
    }

    [Fact]
    public void A_bad_register_is_found_by_halving_and_asked_again_rarely()
    {
        var run = new MachineRun(Plant.Bus(502, Plant.Device("a", 1, Plant.Row(100, 60, OneSecond))), (_, r) => Covers(r, 117) ? Answer.Refusal(ExceptionCode.IllegalDataAddress) : Answer.Good);
        run.For(60 * Minute);
        Assert.All(run.Sink.Samples, s => Assert.Equal(s.Slot == 17 ? Quality.BadException : Quality.Good, s.Quality));
        Assert.All(run.Sink.Samples.Where(s => s.Slot != 17), s => Assert.Equal(100 + s.Slot, s.Integer));
        // Not one cycle of any point is lost to the search.
        for (var slot = 0; slot < 60; slot++) Assert.InRange(run.Sink.Of(slot).Length, 3_600, 3_601);
        Assert.InRange(run.Asked.Count(a => a.Request.Count == 1 && a.Request.Address == 117), 8, 14);
    }

    [Fact]
    public void A_register_that_comes_back_is_merged_again()
    {
        var booting = true;
        var run = new MachineRun(Plant.Bus(502, Plant.Device("a", 1, Plant.Row(100, 60, OneSecond))), (_, _) => booting ? Answer.Refusal(ExceptionCode.IllegalDataAddress) : Answer.Good);
        run.For(5 * Second);
        booting = false;
        run.For(20 * Second);
        Assert.Equal(60, run.Asked[^1].Request.Count);
        var before = run.Asked.Count;
        run.For(10 * Second);
        Assert.Equal(10, run.Asked.Count - before);
        Assert.All(run.Sink.Samples.TakeLast(600), s => Assert.Equal((Quality.Good, 100L + s.Slot), (s.Quality, s.Integer)));
    }

    [Fact]
    public void A_gap_that_must_not_be_read_and_a_device_of_single_reads_are_obeyed()
    {
        var device = Plant.Device("a", 1, [.. Plant.Row(100, 2, OneSecond), .. Plant.Row(105, 2, OneSecond)]);
        device.Options.Set(ModbusOptions.Forbidden, (IReadOnlyList<string>)["103"]);
        var run = new MachineRun(Plant.Bus(502, device), (_, _) => Answer.Good);
        run.For(5 * Second);
        Assert.All(run.Asked, a => Assert.Equal(2, a.Request.Count));
        device.Options.Set(ModbusOptions.SingleReads, true);
        run = new MachineRun(Plant.Bus(502, device), (_, _) => Answer.Good);
        run.For(5 * Second);
        Assert.All(run.Asked, a => Assert.Equal(1, a.Request.Count));
        Assert.All(run.Sink.Samples, s => Assert.Equal((Quality.Good, (s.Slot < 2 ? 100L : 103L) + s.Slot), (s.Quality, s.Integer)));
    }

    [Fact]
    public void Fast_points_keep_their_period_while_slow_ones_fill_the_rest()
    {
        var slow = Enumerable.Range(2, 20).Select(u => Plant.Device($"s{u}", u, Plant.Row(10, 1, TimeSpan.FromSeconds(10)))).ToArray();
        var run = new MachineRun(Plant.Bus(502, [Plant.Device("fast", 1, Plant.Row(10, 1, OneSecond)), .. slow]), (_, _) => Answer.Good, roundTrip: 300_000);
        run.For(5 * Minute);
        var fast = run.Asked.Where(a => a.Unit == 1).Select(a => a.At).ToArray();
        Assert.InRange(fast.Length, 295, 301);
        for (var i = 1; i < fast.Length; i++) Assert.InRange(fast[i] - fast[i - 1], Second - 300_000, Second + 300_000);
        for (byte unit = 2; unit < 22; unit++) Assert.InRange(run.Asked.Count(a => a.Unit == unit), 28, 31);
    }

    [Fact]
    public void A_device_that_refuses_long_requests_is_asked_in_shorter_ones()
    {
        var run = new MachineRun(Plant.Bus(502, Plant.Device("a", 1, Plant.Row(100, 100, OneSecond))), (_, r) => r.Count > 30 ? Answer.Refusal(ExceptionCode.IllegalDataValue) : Answer.Good);
        run.For(10 * Second);
        Assert.All(run.Sink.Samples, s => Assert.Equal(Quality.Good, s.Quality));
        Assert.Equal(25, run.Asked[^1].Request.Count);
    }

    [Fact]
    public void Whatever_devices_do_no_point_is_silent_for_longer_than_the_time_out_and_none_is_wrong() =>
        Gen.Select(Gen.Int[0, 9].Array[1, 40], Gen.Int[1, 4]).Sample((deeds, units) =>
        {
            var at = 0;
            var devices = Enumerable.Range(1, units).Select(u => Plant.Device($"d{u}", u, Plant.Row(10 * u, 5, OneSecond))).ToArray();
            var run = new MachineRun(Plant.Bus(502, TimeSpan.FromMilliseconds(200), devices), (_, _) => deeds[at++ % deeds.Length] switch
            {
                0 => Answer.Silence,
                1 => Answer.HangUp,
                2 => Answer.Refusal(ExceptionCode.IllegalDataAddress),
                3 => Answer.Refusal(ExceptionCode.DeviceBusy),
                4 => Answer.Refusal(ExceptionCode.GatewayTargetSilent),
                _ => Answer.Good,
            });
            run.For(Minute);
            for (var slot = 0; slot < 5 * units; slot++)
            {
                var samples = run.Sink.Of(slot);
                for (var i = 1; i < samples.Length; i++) Assert.InRange(samples[i].Time - samples[i - 1].Time, 0, 2_500_000);
                Assert.True(samples[^1].Time > run.Now - 2_500_000);
                var register = 10 * (slot / 5 + 1) + slot % 5;
                Assert.All(samples.Where(s => s.Quality.HasValue()), s => Assert.Equal(register, s.Integer));
            }
        }, iter: 60);

    [Fact]
    public void Random_bytes_cost_the_line_at_most_and_never_make_a_value()
    {
        Gen.Byte.Array[1, 64].List[1, 20].Sample(parts =>
        {
            var run = new MachineRun(Plant.Bus(502, Plant.Device("a", 1, Plant.Row(10, 5, OneSecond))), (_, _) => Answer.Silence);
            run.For(10_000);
            foreach (var part in parts)
            {
                if (run.Machine.Line == LineState.Up)
                {
                    part.CopyTo(run.Machine.Space);
                    run.Machine.Received(part.Length, run.Now);
                }
                run.For(700_000);
            }
            Assert.DoesNotContain(run.Sink.Samples, s => s.Quality.HasValue());
        }, iter: 300);
    }

    private static bool Covers(ReadRequest request, int address) => request.Address <= address && address < request.Address + request.Count;
}
