namespace Chaos.Tests.Scripts;

public sealed class ScriptDrawTests(ITestOutputHelper output)
{
    private const int Seeds = 500, Least = 10;

    private static readonly string[] _faults =
    [
        "silence", "exception", "slow", "wrong-transaction", "split", "drop", "zero", "freeze", "rollover", "reset", "zero-pieces", "dip", "torn", "sentinel", "replace", "bad-crc", "bad-length",
    ];

    /// <summary>A campaign of five hundred scripts meets everything that a script draws from.</summary>
    [Fact]
    public void A_campaign_meets_everything()
    {
        var steps = Enumerable.Range(1, Seeds).SelectMany(seed => ScriptDraw.Of(seed).Steps).ToList();
        var drawn = steps.CountBy(s => s.Kind == ChaosKind.Device ? s.Target.Split(' ')[0] : s.Kind.ToString()).ToDictionary();
        output.WriteLine(string.Join(", ", drawn.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => $"{d.Key} {d.Value}")));
        foreach (var name in Enum.GetNames<ChaosKind>().Except([nameof(ChaosKind.Device)]).Concat(_faults)) Assert.True(drawn.GetValueOrDefault(name) >= Least, $"{name}: {drawn.GetValueOrDefault(name)} times");
        output.WriteLine($"{Enumerable.Range(1, Seeds).Sum(seed => ScriptDraw.Of(seed).End.TotalSeconds):F0} s in all");
    }

    [Fact]
    public void A_seed_is_always_the_same_script() => Assert.All(Enumerable.Range(1, Seeds), seed => Assert.Equal(ScriptDraw.Of(seed).ToString(), ScriptDraw.Of(seed).ToString()));

    [Fact]
    public void Every_fault_of_the_plant_is_one_that_it_understands() =>
        Assert.All(Enumerable.Range(1, Seeds), seed => EdgeGateway.FirmwareSim.Faults.FaultScript.Parse(string.Join('\n', ScriptDraw.Of(seed).DeviceFaults.Select(s => s.Fault))));
}
