using CsCheck;
using EdgeGateway.FirmwareSim.Faults;
using EdgeGateway.FirmwareSim.Plants;
using EdgeGateway.FirmwareSim.Profiles;
using EdgeGateway.FirmwareSim.Registers;

namespace EdgeGateway.FirmwareSim.Tests.Registers;

public sealed class RegisterTests
{
    private const long Second = 1_000_000;
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string> Counters =>
        [.. RegisterMap.Devices.SelectMany(d => d.Registers.Where(r => r.Role == RegisterRole.Counter).Select(r => new TheoryDataRow<string, string>(d.Name, r.Name)))];

    [Theory]
    [MemberData(nameof(Counters))]
    public void A_counter_is_monotone_modulo_its_modulus_and_within_a_step_of_the_truth(string device, string register) => Gen.Select(
        Gen.ULong, Gen.Long[0, 120 * Second], Gen.Long[0, 3600 * Second].Array[2, 12]).Sample(
        (seed, rollover, times) =>
        {
            var plant = PlantWith(seed, new Fault(FaultKind.Rollover, Time(rollover), device) { Register = register });
            var spec = RegisterMap.Find(device)!.Find(register)!;
            Array.Sort(times);
            var previous = plant.StartMicros;
            var steps = Steps(plant, device, register, previous);
            foreach (var time in times)
            {
                var now = plant.StartMicros + time;
                var next = Steps(plant, device, register, now);
                var moved = ((next - steps) % spec.Modulus + spec.Modulus) % spec.Modulus;
                // The register stands for an instant up to one update back; each reading is cut to whole steps.
                var update = spec.Update.Ticks / 10;
                var (least, most) = (Truth(plant, device, register, previous, now - update), Truth(plant, device, register, previous - update, now));
                Assert.InRange(moved, Math.Max(0, Math.Floor(least) - 1), Math.Ceiling(most) + 1);
                (previous, steps) = (now, next);
            }
        },
        iter: 40);

    [Theory]
    [MemberData(nameof(Counters))]
    public void A_rollover_passes_zero_with_the_first_step_after_its_time(string device, string register)
    {
        var at = TimeSpan.FromSeconds(95.5);
        var plant = PlantWith(5, new Fault(FaultKind.Rollover, at, device) { Register = register });
        var spec = RegisterMap.Find(device)!.Find(register)!;
        var now = plant.StartMicros + at.Ticks / 10;
        // The register may stand for an instant an update earlier: at most 20 Wh, or a piece.
        Assert.InRange(Steps(plant, device, register, now), spec.Modulus - 20, spec.Modulus - 1);
        while (Steps(plant, device, register, now) > spec.Modulus / 2) now += Second / 10;
        Assert.Equal(0, Steps(plant, device, register, now) / 20);
        // One step of truth, one update of the register, one step of this loop.
        Assert.InRange(Truth(plant, device, register, plant.StartMicros + at.Ticks / 10, now), 0, 20);
    }

    [Fact]
    public void A_dip_shows_less_and_goes_back()
    {
        var plant = PlantWith(5, new Fault(FaultKind.Dip, TimeSpan.FromSeconds(60), "line-1") { Register = "energy-wh", Number = 300, For = TimeSpan.FromSeconds(4) });
        var whole = PlantWith(5);
        foreach (var (second, less) in new[] { (59, 0), (61, 300), (63, 300), (64, 0) })
            Assert.Equal(Steps(whole, "line-1", "energy-wh", whole.StartMicros + second * Second) - less, Steps(plant, "line-1", "energy-wh", plant.StartMicros + second * Second));
    }

    [Fact]
    public void A_torn_value_is_a_word_too_low_or_too_high_while_its_low_word_passes_zero()
    {
        var plant = PlantWith(5, new Fault(FaultKind.Torn, TimeSpan.FromSeconds(60), "line-1") { Register = "energy-wh", By = TimeSpan.FromSeconds(2), For = TimeSpan.FromSeconds(9) });
        var (low, high) = (0, 0);
        for (var time = 58 * Second; time < 72 * Second; time += Second / 4)
        {
            var now = plant.StartMicros + time;
            var off = (Steps(plant, "line-1", "energy-wh", now) - plant.Counted("line-1", "energy-wh", now)) / 60_000;
            if (off < 0) low++;
            else if (off > 0) high++;
            if (time is < 60 * Second or >= 69 * Second) Assert.Equal(0, off);
        }
        Assert.True(low > 0 && high > 0, $"{low} {high}");
    }

    [Theory]
    [InlineData("line-1", "energy-wh", 65535, 0xFFFFFFFF)]
    [InlineData("line-1", "energy-wh", 32767, 0x7FFFFFFF)]
    [InlineData("workshop", "energy", 32768, 0x80000000)]
    [InlineData("plc", "state-1", 65535, 0xFFFF)]
    public void A_sentinel_stands_in_the_place_of_the_value(string device, string register, int high, uint bits)
    {
        var plant = PlantWith(5, new Fault(FaultKind.Sentinel, TimeSpan.FromSeconds(60), device) { Number = high, For = TimeSpan.FromSeconds(4) });
        Assert.Equal(bits, plant.RegisterBits(device, register, plant.StartMicros + 62 * Second));
        Assert.NotEqual(bits, plant.RegisterBits(device, register, plant.StartMicros + 64 * Second));
    }

    [Fact]
    public void Another_meter_counts_on_from_its_own_reading_and_the_ledger_knows_nothing_of_it()
    {
        var plant = PlantWith(5, new Fault(FaultKind.Replace, TimeSpan.FromSeconds(60), "line-2") { Number = 120 });
        var (at, later) = (plant.StartMicros + 60 * Second, plant.StartMicros + 600 * Second);
        Assert.Equal(120, Steps(plant, "line-2", "energy-wh", at));
        var truth = (double)plant.Ledger.EnergyOf("line-2", at, later).KilowattHours * 1000;
        Assert.InRange(Steps(plant, "line-2", "energy-wh", later), 120 + truth - 30, 120 + truth + 1);
        Assert.InRange(Steps(plant, "line-2", "energy", later), 120 + truth / 10 - 3, 120 + truth / 10 + 1);
    }

    [Fact]
    public void A_float_gives_back_each_of_its_steps()
    {
        var spec = RegisterMap.Find("workshop")!.Find("energy")!;
        Gen.Long[0, spec.Modulus - 1].Sample(steps => Assert.Equal(steps, Decode(spec, BitConverter.SingleToUInt32Bits((float)(steps * spec.Resolution)))));
    }

    [Fact]
    public void A_register_stands_still_between_updates()
    {
        var plant = PlantWith(1);
        var changes = 0;
        var last = plant.RegisterBits("line-1", "energy-wh", plant.StartMicros);
        for (var t = 0L; t < 10 * Second; t += Second / 50)
        {
            var bits = plant.RegisterBits("line-1", "energy-wh", plant.StartMicros + t);
            if (bits != last) changes++;
            last = bits;
        }

        Assert.Equal(10, changes);
    }

    [Fact]
    public void Coarse_and_fine_registers_of_a_meter_agree()
    {
        var plant = PlantWith(1);
        for (var t = plant.StartMicros; t < plant.StartMicros + 600 * Second; t += 7 * Second)
            Assert.Equal(plant.RegisterBits("line-2", "energy-wh", t) / 10, plant.RegisterBits("line-2", "energy", t));
    }

    [Fact]
    public void Power_is_the_mean_of_the_last_update()
    {
        var plant = PlantWith(9);
        for (var i = 2; i < 200; i++)
        {
            // Renewals of unit 2 happen 274.274 ms after each whole second of the plant.
            var renewal = plant.StartMicros + i * Second + 274_274;
            var watts = BitConverter.UInt32BitsToSingle(plant.RegisterBits("line-1", "power", renewal));
            var joules = (double)plant.Ledger.EnergyOf("line-1", renewal - Second, renewal).Nanojoules / 1e9;
            Assert.Equal(joules, watts, joules * 1e-6);
        }
    }

    [Fact]
    public void A_reset_counts_on_from_zero_and_hides_nothing_from_the_ledger()
    {
        var (whole, reset) = (PlantWith(4), PlantWith(4, new Fault(FaultKind.Reset, TimeSpan.FromSeconds(60), "line-1")));
        var at = reset.StartMicros + 60 * Second;
        Assert.Equal(whole.RegisterBits("line-1", "energy", at - 1), reset.RegisterBits("line-1", "energy", at - 1));
        Assert.Equal(0u, reset.RegisterBits("line-1", "energy", at));
        Assert.Equal(0u, reset.RegisterBits("line-1", "energy-wh", at));
        var later = at + 300 * Second + 274_274;
        Assert.Equal((uint)Math.Floor(reset.Ledger.EnergyOf("line-1", at, later).KilowattHours * 100), reset.RegisterBits("line-1", "energy", later));
        Assert.Equal(whole.Ledger.EnergyOf("line-1", 0, later), reset.Ledger.EnergyOf("line-1", 0, later));
        Assert.Equal(whole.RegisterBits("line-1", "power", later), reset.RegisterBits("line-1", "power", later));
    }

    [Fact]
    public void Zero_and_freeze_end_as_they_began()
    {
        var (whole, faulty) = (PlantWith(4), PlantWith(
            4,
            new Fault(FaultKind.Zero, TimeSpan.FromSeconds(60), "workshop") { Register = "energy", For = TimeSpan.FromSeconds(5) },
            new Fault(FaultKind.Freeze, TimeSpan.FromSeconds(100), "workshop") { For = TimeSpan.FromSeconds(30) },
            new Fault(FaultKind.Freeze, TimeSpan.FromSeconds(120), "workshop") { For = TimeSpan.FromSeconds(30) }));
        uint Whole(double at, string register = "energy") => whole.RegisterBits("workshop", register, whole.StartMicros + (long)(at * 1e6));
        uint Faulty(double at, string register = "energy") => faulty.RegisterBits("workshop", register, faulty.StartMicros + (long)(at * 1e6));
        Assert.Equal(Whole(59.9), Faulty(59.9));
        Assert.Equal(0u, Faulty(60));
        Assert.Equal(0u, Faulty(64.9));
        Assert.Equal(Whole(64.9, "power"), Faulty(64.9, "power"));
        Assert.Equal(Whole(65), Faulty(65));
        Assert.Equal(Whole(100), Faulty(149.9));
        Assert.Equal(Whole(100, "power"), Faulty(130, "power"));
        Assert.NotEqual(Whole(100), Faulty(150));
        Assert.Equal(Whole(150), Faulty(150));
    }

    [Fact]
    public void Shift_zeroing_touches_all_pieces_and_no_state()
    {
        var (whole, zeroed) = (PlantWith(4), PlantWith(4, new Fault(FaultKind.ZeroPieces, TimeSpan.FromSeconds(60), "plc")));
        var later = whole.StartMicros + 120 * Second;
        foreach (var line in (int[])[1, 2])
        {
            var made = zeroed.Ledger.Good($"line-{line}", later - 60 * Second, later);
            Assert.InRange(zeroed.RegisterBits("plc", $"good-{line}", later), (uint)Math.Max(0, made - 1), (uint)made);
            Assert.True(zeroed.RegisterBits("plc", $"scrap-{line}", later) < 20);
            Assert.Equal(whole.RegisterBits("plc", $"state-{line}", later), zeroed.RegisterBits("plc", $"state-{line}", later));
        }
    }

    [Fact]
    public void The_map_is_well_formed()
    {
        foreach (var device in RegisterMap.Devices)
        {
            Assert.All(device.Registers.Zip(device.Registers.Skip(1)), pair => Assert.True(pair.First.Address + pair.First.Width <= pair.Second.Address));
            Assert.True(device.Registers[^1].Address + device.Registers[^1].Width <= device.Size);
            Assert.All(device.Registers, r => Assert.Contains($"0x{r.Address:X4}", RegisterMap.Text(), StringComparison.Ordinal));
        }
    }

    private static Plant PlantWith(ulong seed, params Fault[] faults) => new(PlantProfile.Demo, seed, Start, FaultScript.Of(faults));

    private static TimeSpan Time(long micros) => TimeSpan.FromMicroseconds(micros);

    private static long Steps(Plant plant, string device, string register, long at) => Decode(RegisterMap.Find(device)!.Find(register)!, plant.RegisterBits(device, register, at));

    private static long Decode(RegisterSpec spec, uint bits) =>
        spec.Type == RegisterType.F32 ? (long)Math.Round(BitConverter.UInt32BitsToSingle(bits) / (double)spec.Resolution, MidpointRounding.ToEven) : bits;

    /// <summary>Steps that truly passed, not cut to whole ones.</summary>
    private static double Truth(Plant plant, string device, string register, long start, long end)
    {
        var spec = RegisterMap.Find(device)!.Find(register)!;
        if (end <= start) return 0;
        if (spec.Unit == "kWh") return (double)(plant.Ledger.EnergyOf(device, start, end).KilowattHours / spec.Resolution);
        var line = register.EndsWith('1') ? "line-1" : "line-2";
        return register.StartsWith("good", StringComparison.Ordinal) ? plant.Ledger.Good(line, start, end) : plant.Ledger.Scrap(line, start, end);
    }
}
