using CsCheck;
using EdgeGateway.FirmwareSim.Ledgers;
using EdgeGateway.FirmwareSim.Plants;
using EdgeGateway.FirmwareSim.Profiles;

namespace EdgeGateway.FirmwareSim.Tests.Plants;

public sealed class LedgerTests
{
    private const long Second = 1_000_000, Hour = 3600 * Second;
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 5, 59, 58, TimeSpan.Zero);

    private static readonly Gen<Plant> AnyPlant = Gen.Select(Gen.ULong, Gen.Bool.Select(d => d ? PlantProfile.Demo : PlantProfile.Day), (seed, profile) => new Plant(profile, seed, Start));
    private static readonly Gen<long> AnyTime = Gen.Long[-Hour, 3 * Hour];

    [Fact]
    public void Parts_of_a_stretch_sum_up_to_the_whole() => Gen.Select(AnyPlant, AnyTime, AnyTime, AnyTime).Sample(
        (plant, x, y, z) =>
        {
            long[] t = [x, y, z];
            Array.Sort(t);
            var (a, b, c) = (plant.StartMicros + t[0], plant.StartMicros + t[1], plant.StartMicros + t[2]);
            var ledger = plant.Ledger;
            foreach (var name in Ledger.EnergyNames)
            {
                Assert.Equal(ledger.EnergyOf(name, a, c), ledger.EnergyOf(name, a, b) + ledger.EnergyOf(name, b, c));
                Assert.True(ledger.EnergyOf(name, a, b).Nanojoules >= 0);
            }

            foreach (var line in Ledger.LineNames)
            {
                Assert.Equal(ledger.Good(line, a, c), ledger.Good(line, a, b) + ledger.Good(line, b, c));
                Assert.Equal(ledger.Scrap(line, a, c), ledger.Scrap(line, a, b) + ledger.Scrap(line, b, c));
                var inside = Math.Max(0, c - Math.Max(a, plant.StartMicros));
                Assert.Equal(inside, Enum.GetValues<LineState>().Sum(s => ledger.StateMicros(line, s, a, c)));
            }
        },
        iter: 60);

    [Fact]
    public void The_incoming_meter_is_the_sum_of_the_lines_and_the_base_load() => Gen.Select(AnyPlant, AnyTime, AnyTime).Sample(
        (plant, x, y) =>
        {
            Energy Of(string name) => plant.Ledger.EnergyOf(name, plant.StartMicros + x, plant.StartMicros + y);
            Assert.Equal(Of("workshop"), Of("line-1") + Of("line-2") + Of("base-load"));
        },
        iter: 60);

    [Fact]
    public void Energy_equals_the_plain_sum_over_steps_of_power() => Gen.Select(AnyPlant, AnyTime, AnyTime).Sample(
        (plant, x, y) =>
        {
            var (a, b) = (plant.StartMicros + Math.Min(x, y), plant.StartMicros + Math.Max(x, y));
            var steps = plant.LineOf("line-1").StepsUntil(b);
            Int128 sum = 0;
            for (var i = 0; i < steps.Count; i++)
            {
                var end = i + 1 < steps.Count ? steps[i + 1].Start : long.MaxValue;
                var (from, to) = (Math.Max(a, steps[i].Start), Math.Min(b, end));
                if (to > from) sum += (Int128)steps[i].Milliwatts * (to - from);
            }

            Assert.Equal(sum, plant.Ledger.EnergyOf("line-1", a, b).Nanojoules);
        },
        iter: 60);

    [Fact]
    public void What_happens_does_not_depend_on_who_asks_when() => Gen.Select(Gen.ULong, AnyTime.Array[1, 20]).Sample(
        (seed, times) =>
        {
            var (asked, fresh) = (new Plant(PlantProfile.Demo, seed, Start), new Plant(PlantProfile.Demo, seed, Start));
            foreach (var time in times) _ = asked.Ledger.EnergyOf("workshop", 0, asked.StartMicros + time);
            var end = asked.StartMicros + 3 * Hour;
            Assert.Equal(fresh.Ledger.EnergyOf("workshop", 0, end), asked.Ledger.EnergyOf("workshop", 0, end));
            Assert.Equal(fresh.Ledger.Good("line-2", 0, end), asked.Ledger.Good("line-2", 0, end));
        },
        iter: 30);

    [Fact]
    public void Another_seed_is_another_life() =>
        Assert.NotEqual(new Plant(PlantProfile.Demo, 1, Start).Ledger.EnergyOf("line-1", 0, Micros(60)), new Plant(PlantProfile.Demo, 2, Start).Ledger.EnergyOf("line-1", 0, Micros(60)));

    [Fact]
    public void Pieces_are_made_while_running_and_a_cycle_apart()
    {
        var plant = new Plant(PlantProfile.Demo, 7, Start);
        var last = 0L;
        var pieces = 0;
        // A grid finer than the shortest cycle: each cell holds one piece at most.
        for (var t = plant.StartMicros; t < plant.StartMicros + 600 * Second; t += Second / 2)
        {
            var made = plant.Ledger.Good("line-1", t, t + Second / 2) + plant.Ledger.Scrap("line-1", t, t + Second / 2);
            if (made == 0) continue;
            Assert.Equal(1, made);
            Assert.True(plant.Ledger.StateMicros("line-1", LineState.Running, t, t + Second / 2) > 0);
            Assert.True(last == 0 || t - last >= Second / 2);
            (last, pieces) = (t, pieces + 1);
        }

        Assert.InRange(pieces, 150, 550);
    }

    [Fact]
    public void The_demo_shows_something_at_once()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var plant = new Plant(PlantProfile.Demo, seed, Start);
            var (ledger, begin) = (plant.Ledger, plant.StartMicros);
            Assert.InRange(ledger.Good("line-1", begin, begin + 8 * Second) + ledger.Scrap("line-1", begin, begin + 8 * Second), 4, 8);
            Assert.True(ledger.StateMicros("line-2", LineState.Idle, begin, begin + 5 * Second) >= 2 * Second);
            Assert.True(ledger.StateMicros("line-2", LineState.Running, begin, begin + 5 * Second) >= Second);
            foreach (var state in Enum.GetValues<LineState>())
                Assert.True(Ledger.LineNames.Sum(l => ledger.StateMicros(l, state, begin, begin + 180 * Second)) > 0, $"seed {seed} never {state}");
            var kilowatts = ledger.EnergyOf("workshop", begin, begin + 600 * Second).KilowattHours * 6;
            Assert.InRange(kilowatts, 15m, 45m);
        }
    }

    [Fact]
    public void A_day_follows_its_shifts()
    {
        var midnight = new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
        var plant = new Plant(PlantProfile.Day, 3, midnight);
        var (ledger, begin) = (plant.Ledger, plant.StartMicros);
        Assert.Equal(6 * Hour, ledger.StateMicros("line-1", LineState.Stopped, begin, begin + 6 * Hour));
        Assert.Equal(2 * Hour, ledger.StateMicros("line-1", LineState.Stopped, begin + 22 * Hour, begin + 24 * Hour));
        Assert.Equal(Hour / 2, ledger.StateMicros("line-1", LineState.Stopped, begin + 10 * Hour, begin + 21 * Hour / 2));
        Assert.Equal(15 * Hour, ledger.StateMicros("line-2", LineState.Stopped, begin + 17 * Hour, begin + 32 * Hour));
        Assert.InRange(ledger.EnergyOf("workshop", begin, begin + 24 * Hour).KilowattHours, 300m, 800m);
        Assert.InRange(ledger.Good("line-1", begin, begin + 24 * Hour), 10_000, 30_000);
        Assert.InRange((decimal)ledger.Scrap("line-1", begin, begin + 24 * Hour) / ledger.Good("line-1", begin, begin + 24 * Hour), 0.02m, 0.03m);
    }

    [Fact]
    public void Kilowatt_hours_and_nanojoules_convert_both_ways() => Gen.Long[-1_000_000_000_000, 1_000_000_000_000].Sample(
        micro =>
        {
            var energy = Energy.FromKilowattHours(micro / 1_000_000m);
            Assert.Equal((Int128)micro * 3_600_000_000, energy.Nanojoules);
            Assert.Equal(micro / 1_000_000m, energy.KilowattHours);
        });

    [Fact]
    public void An_unknown_name_is_refused()
    {
        var ledger = new Plant(PlantProfile.Demo, 1, Start).Ledger;
        Assert.Contains("workshop", Assert.Throws<ArgumentException>(() => ledger.EnergyOf("line-3", 0, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ledger.Good("workshop", 0, 1));
    }

    private static long Micros(int seconds) => (Start - DateTimeOffset.UnixEpoch).Ticks / 10 + seconds * Second;

    [Fact]
    public void What_is_forgotten_changes_nothing_later_and_cannot_be_asked_for()
    {
        var start = new DateTimeOffset(2026, 11, 24, 5, 0, 0, TimeSpan.Zero);
        var (whole, short_) = (new Plant(PlantProfile.Demo, 5, start), new Plant(PlantProfile.Demo, 5, start));
        long At(int minute) => whole.StartMicros + minute * 60_000_000L;
        short_.Forget(At(30));
        foreach (var minute in new[] { 30, 31, 45, 59 })
        {
            Assert.Equal(whole.Ledger.EnergyOf("workshop", At(minute), At(60)), short_.Ledger.EnergyOf("workshop", At(minute), At(60)));
            Assert.Equal(whole.Ledger.Good("line-1", At(minute), At(60)), short_.Ledger.Good("line-1", At(minute), At(60)));
            Assert.Equal(whole.Ledger.Scrap("line-2", At(minute), At(60)), short_.Ledger.Scrap("line-2", At(minute), At(60)));
            Assert.Equal(whole.Ledger.StateMicros("line-2", LineState.Idle, At(minute), At(60)), short_.Ledger.StateMicros("line-2", LineState.Idle, At(minute), At(60)));
            foreach (var register in new[] { "energy", "power" }) Assert.Equal(whole.RegisterBits("line-1", register, At(minute) + 5_000_000), short_.RegisterBits("line-1", register, At(minute) + 5_000_000));
        }
        Assert.Throws<InvalidOperationException>(() => short_.Ledger.EnergyOf("line-1", At(10), At(40)));
    }
}
