using EdgeGateway.FirmwareSim.Faults;
using EdgeGateway.FirmwareSim.Plants;
using EdgeGateway.FirmwareSim.Profiles;

namespace EdgeGateway.FirmwareSim.Tests.Faults;

public sealed class FaultScriptTests
{
    private const string Every = """
        # the whole vocabulary
        at 00:10:00 rollover line-2 energy-wh
        at 02:15:00 reset line-1 energy      # one register
        at 02:16:00 reset line-1
        at 06:00:00 zero-pieces plc
        at 06:00:00.250000 zero workshop energy for 5s
        at 07:00:00 freeze workshop for 300s
        at 08:00:00 drop plc for 20s
        at 09:00:00 silence line-2 for 30s
        at 10:00:00 exception line-1 code 4 for 10s
        at 11:00:00 slow line-1 by 800ms for 60s
        at 12:00:00 wrong-transaction line-1 for 5s
        at 26:00:00 split workshop after 5 by 40ms for 120s
        at 26:10:00 dip line-1 energy steps 300 for 4s
        at 26:20:00 torn line-1 energy-wh by 2s for 9s
        at 26:30:00 sentinel line-2 high 65535 for 4s
        at 26:40:00 replace line-2 reading 120
        at 26:50:00 bad-crc line-1 for 4s
        at 27:00:00 bad-length line-1 bytes 3 for 4s
        """;

    [Fact]
    public void A_script_is_read_and_written_back()
    {
        var script = FaultScript.Parse(Every);
        var lines = Every.Split('\n').Select(l => l.Split('#')[0].Trim()).Where(l => l.Length > 0);
        Assert.Equal(lines, script.Faults.Select(f => f.ToString()));
        Assert.Equal(Enum.GetValues<FaultKind>().Order(), script.Faults.Select(f => f.Kind).Distinct().Order());
        Assert.Equal(script.Faults, FaultScript.Of(script.Faults.Reverse()).Faults.Order(Comparer<Fault>.Create((a, b) => a.At.CompareTo(b.At))));
    }

    [Fact]
    public void The_ledger_lists_the_faults_with_their_times()
    {
        var plant = new Plant(PlantProfile.Day, 1, DateTimeOffset.UnixEpoch.AddDays(20_000), FaultScript.Parse(Every));
        var drop = Assert.Single(plant.Ledger.FaultsOf("plc", plant.StartMicros + 8L * 3_600_000_000 + 19_999_999, long.MaxValue));
        Assert.Equal(FaultKind.Drop, drop.Fault.Kind);
        Assert.Equal(20_000_000, drop.End - drop.Start);
        Assert.Equal(plant.StartMicros + 8L * 3_600_000_000, drop.Start);
        Assert.Single(plant.Ledger.FaultsOf("plc", plant.StartMicros + 6L * 3_600_000_000, plant.StartMicros + 6L * 3_600_000_000 + 1));
        Assert.Empty(plant.Ledger.FaultsOf("plc", plant.StartMicros, plant.StartMicros + 6L * 3_600_000_000));
    }

    [Theory]
    [InlineData("at 2:15 reset line-1 energy", "'2:15' is no time")]
    [InlineData("at 00:61:00 reset line-1 energy", "'00:61:00' is no time")]
    [InlineData("at 00:00:60 reset line-1 energy", "'00:00:60' is no time")]
    [InlineData("reset line-1 energy", "a fault reads 'at hh:mm:ss FAULT DEVICE")]
    [InlineData("at 00:00:01 rest line-1 energy", "unknown fault 'rest': use rollover, reset")]
    [InlineData("at 00:00:01 reset line-9 energy", "unknown device 'line-9': use workshop, line-1, line-2, plc")]
    [InlineData("at 00:00:01 reset line-1 power", "'power' is no counter of line-1: use energy, energy-wh")]
    [InlineData("at 00:00:01 freeze line-1 pwr for 3s", "'pwr' is no register of line-1: use voltage, power")]
    [InlineData("at 00:00:01 rollover line-1", "'rollover' names a register")]
    [InlineData("at 00:00:01 zero line-1 energy", "zero is written like 'at 00:10:00 zero line-1 [energy] for 20s'")]
    [InlineData("at 00:00:01 zero line-1 energy for", "'for' is not understood")]
    [InlineData("at 00:00:01 zero line-1 energy for 5", "'for 5' is not understood")]
    [InlineData("at 00:00:01 zero line-1 energy for 5s for 6s", "'for 6s' is not understood")]
    [InlineData("at 00:00:01 zero line-1 energy for 0s", "longer than nothing")]
    [InlineData("at 00:00:01 reset line-1 for 5s", "too much or too little")]
    [InlineData("at 00:00:01 drop line-1 energy for 5s", "names no register")]
    [InlineData("at 00:00:01 exception line-1 code 300 for 5s", "'code' lies between 1 and 255")]
    [InlineData("at 00:00:01 exception line-1 after 3 for 5s", "'after 3' is not understood")]
    [InlineData("at 00:00:01 split line-1 after 9 by 5ms for 5s", "'after' lies between 1 and 8")]
    [InlineData("at 00:00:01 slow line-1 for 5s", "slow is written like 'at 00:10:00 slow line-1 by 800ms for 20s'")]
    [InlineData("at 00:00:01 zero-pieces line-1", "only the plc counts pieces")]
    [InlineData("at 00:00:01 torn workshop energy by 2s for 9s", "only whole numbers in two registers are torn")]
    [InlineData("at 00:00:01 dip line-1 for 9s", "dip is written like 'at 00:10:00 dip line-1 energy steps 4 for 20s'")]
    [InlineData("at 00:00:01 replace line-1 reading 5 for 9s", "too much or too little")]
    [InlineData("at 99999:00:00 reset line-1", "within the first 40 days")]
    public void What_makes_no_sense_is_said(string line, string expected) =>
        Assert.Contains(expected, Assert.Single(Assert.Throws<FaultScriptException>(() => FaultScript.Parse("\n" + line)).Errors), StringComparison.Ordinal);

    [Fact]
    public void Every_error_is_named_with_its_line()
    {
        var errors = Assert.Throws<FaultScriptException>(() => FaultScript.Parse("""
            at 00:00:01 nonsense line-1
            at 00:00:02 reset line-1 energy
            at 00:00:03 rollover line-1 energy
            at 00:00:04 reset line-7
            """)).Errors;
        Assert.Equal(["line 1", "line 4", "line 3"], errors.Select(e => e[..6]));
    }

    [Fact]
    public void A_script_from_code_is_checked_too() =>
        Assert.Contains("names a register", Assert.Throws<FaultScriptException>(() => FaultScript.Of(new Fault(FaultKind.Rollover, TimeSpan.Zero, "line-1"))).Message, StringComparison.Ordinal);
}
