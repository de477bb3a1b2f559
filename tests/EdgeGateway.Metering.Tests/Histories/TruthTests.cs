namespace EdgeGateway.Metering.Tests.Histories;

/// <summary>What is said of a plant lies within what is stated of its error, whatever happened to it.</summary>
public sealed class TruthTests(ITestOutputHelper output)
{
    private const int Seeds = 300;
    private static readonly int Exchanges = int.Parse(Environment.GetEnvironmentVariable("EXCHANGES") ?? "60", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Histories that once broke a bound or hid a reset.</summary>
    [Theory]
    [InlineData(287)]
    [InlineData(1015)]
    [InlineData(1844)]
    [InlineData(2366)]
    [InlineData(2856)]
    [InlineData(3144)]
    [InlineData(3147)]
    [InlineData(4102)]
    [InlineData(4440)]
    [InlineData(3220)]
    [InlineData(4954)]
    [InlineData(5416)]
    [InlineData(5483)]
    [InlineData(5928)]
    [InlineData(6113)]
    [InlineData(6833)]
    [InlineData(6974)]
    [InlineData(12757)]
    [InlineData(14489)]
    [InlineData(19440)]
    [InlineData(30020)]
    [InlineData(30381)]
    [InlineData(41709)]
    [InlineData(30630)]
    [InlineData(31322)]
    [InlineData(31688)]
    [InlineData(32812)]
    [InlineData(100775)]
    [InlineData(101345)]
    [InlineData(104815)]
    [InlineData(106055)]
    [InlineData(110255)]
    [InlineData(200003)]
    [InlineData(200030)]
    [InlineData(200055)]
    [InlineData(200074)]
    [InlineData(200202)]
    [InlineData(200560)]
    [InlineData(200590)]
    [InlineData(200635)]
    public void What_was_once_wrong_stays_right(int seed) => Assert.Empty(new Verdict(new History(seed)).Faults());

    /// <summary>Meters that are replaced by some with another ratio: told of ahead, while they are awaited, and long after they were taken for a reset.</summary>
    [Fact]
    public void What_is_said_of_meters_with_another_ratio_is_true_within_its_bound()
    {
        var (exchanged, told, meters) = (0, 0, 0);
        var faults = new List<string>();
        for (var seed = History.Exchanging; seed < History.Exchanging + Exchanges; seed++)
        {
            var history = new History(seed);
            var verdict = new Verdict(history);
            faults.AddRange(verdict.Faults().Take(4).Select(f => $"seed {seed}: {f}"));
            exchanged += verdict.Exchanged;
            foreach (var meter in Enumerable.Range(0, history.Meters.Count).Where(m => history.Meters[m].Exchange is not null)) (meters, told) = (meters + 1, told + (history.IsToldOf(meter) ? 1 : 0));
        }
        output.WriteLine($"{meters} meters replaced, {told} of them taken, {exchanged} parts of windows behind");
        Assert.True(faults.Count == 0, $"{faults.Count} faults; HISTORY_SEED=n HISTORY_COUNT=1 replays one:\n" + string.Join('\n', faults.Take(40)));
        Assert.True(told > meters / 2, $"{told} of {meters} taken");
    }

    [Fact]
    public void What_is_said_is_true_within_its_bound()
    {
        if (Environment.GetEnvironmentVariable("HISTORY_CAMPAIGN") is { Length: > 0 } campaign)
        {
            var until = int.Parse(Environment.GetEnvironmentVariable("HISTORY_COUNT") ?? "10000", System.Globalization.CultureInfo.InvariantCulture);
            Assert.Empty(new Campaign(campaign).Run(until));
            return;
        }
        var first = Environment.GetEnvironmentVariable("HISTORY_SEED") is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 0;
        var last = Environment.GetEnvironmentVariable("HISTORY_COUNT") is { } count ? first + int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : first + Seeds;
        var (bounded, unknowable, exact, resets, batches, gaps, ambiguous, refined) = (0, 0, 0, 0, 0, 0, 0, 0L);
        var faults = new List<string>();
        for (var i = first; i < last; i++)
        {
            var seed = last - first >= Seeds ? History.Mixed(i) : i;
            var history = new History(seed);
            var verdict = new Verdict(history);
            refined += history.Refined;
            faults.AddRange(verdict.Faults().Take(4).Select(f => $"seed {seed}: {f}"));
            (bounded, unknowable, exact, resets) = (bounded + verdict.Bounded, unknowable + verdict.Unknowable, exact + verdict.Exact, resets + verdict.Resets);
            (batches, gaps, ambiguous) = (batches + verdict.Batches, gaps + verdict.Gaps, ambiguous + verdict.Ambiguous);
        }
        output.WriteLine($"{bounded} bounds tested, {unknowable} not knowable, {exact} exact, {resets} resets seen, {batches} batches, {gaps} gap records, {ambiguous} of the bounds of ambiguous windows, {refined} late readings taken in");
        Assert.True(faults.Count == 0, $"{faults.Count} faults; HISTORY_SEED=n HISTORY_COUNT=1 replays one:\n" + string.Join('\n', faults.Take(40)));
        if (last - first < Seeds) return;
        Assert.True(bounded > 50_000 && exact > 40_000 && resets > 50 && batches > 300 && gaps > 30 && ambiguous > 500 && refined > 2_000 && unknowable < bounded / 10, $"The histories say too little: {bounded} bounds, {unknowable} unknowable, {exact} exact, {resets} resets, {ambiguous} ambiguous, {refined} refined.");
    }
}
