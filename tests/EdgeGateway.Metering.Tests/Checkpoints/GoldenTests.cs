using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Checkpoints;

/// <summary>Checkpoints as released versions wrote them. The newest is written byte for byte; the one before it is read, and goes on as if nothing had been.</summary>
public sealed class GoldenTests
{
    private const int Until = 1_830;

    /// <summary>GOLDEN_WRITE names a file to write the present version to: for a new version, never to make a difference go away.</summary>
    [Fact]
    public void Version_6()
    {
        var bytes = Convert.ToHexString(Live().Checkpoint());
        if (Environment.GetEnvironmentVariable("GOLDEN_WRITE") is { Length: > 0 } path) File.WriteAllLines(path, bytes.Chunk(96).Select(c => new string(c)));
        Assert.Equal(Convert.ToHexString(Golden("checkpoint-v6")), bytes);
    }

    [Theory]
    [InlineData("checkpoint-v3")]
    [InlineData("checkpoint-v4")]
    [InlineData("checkpoint-v5")]
    [InlineData("checkpoint-v6")]
    public void What_an_older_version_wrote_goes_on_as_if_nothing_had_been(string name)
    {
        var whole = Live();
        var count = whole.Said.Records.Count;
        var read = new Feed(Plan(), Until).Restore(Golden(name));
        GoOn(whole);
        GoOn(read);
        var expected = whole.Said.Records[count..];
        Assert.True(expected.Count > 10);
        Assert.Equal(expected.Select(Text), read.Said.Records.Select(Text));
    }

    /// <summary>A past with all that a checkpoint holds: a believed reset, a gap, suspects under way, open longer windows, a replacement that is awaited.</summary>
    private static Feed Live()
    {
        var feed = new Feed(Plan());
        for (var s = 1; s <= Until; s++)
        {
            feed.With(s, s < 600 ? 9_000 + s : s - 600, 0);
            if (s is < 900 or > 1_100) feed.With(s, s / 3 % 990, 1);
            if (s % 5 == 0) feed.With(s, s / 100 % 3, 2);
            feed.With(s, s < Until - 20 ? s : 500_000 + s, 4);
            feed.Send(s).Gauge(s, s % 13, 3);
        }
        return feed.Say(Until, "replace", Until + 5, ("final", "12.50"), ("initial", "0.00"));
    }

    private static void GoOn(Feed feed)
    {
        for (var s = Until + 1; s < Until + 400; s++)
        {
            feed.With(s, s < Until + 10 ? s - 600 : s - Until - 10, 0).With(s, s / 3 % 990, 1).With(s, s, 4);
            if (s % 5 == 0) feed.With(s, s / 100 % 3, 2);
            feed.Send(s).Gauge(s, s % 13, 3);
        }
    }

    private static MeteringPlan Plan()
    {
        var plant = new Plant { Longer = [WindowKind.QuarterHour] };
        var meter = plant.Counter(Plant.Meter with { Modulus = 10_000 });
        var pieces = plant.Counter(Plant.Pieces with { Resets = ResetPolicy.ToZero, LagMicros = 2_000_000 });
        var (state, power, other) = (plant.State(5), plant.Gauge(), plant.Counter(Plant.Meter));
        var parent = plant.Unit(new UnitInputPlan(other, InputRole.Purchased, Carrier.Electricity));
        plant.Unit(new UnitPlan
        {
            Id = 0, Path = "", Parent = parent, StateSlot = state, Gauges = [power],
            Inputs = [new UnitInputPlan(meter, InputRole.Purchased, Carrier.Electricity), new UnitInputPlan(pieces, InputRole.Good, Carrier.None)],
        });
        return plant.Plan();
    }

    private static string Text(WindowRecord record) =>
        $"{record.Key} {record.CoveredMicros} {record.Flags} {string.Join(' ', record.StateMicros()[0], record.StateMicros()[1])} {string.Join(' ', record.Inputs.ToArray().Select(i => $"{i.Point}:{i.T0}-{i.T1} {i.Basis} {i.Bound} {i.ByState[0]}"))}";

    private static byte[] Golden(string name) =>
        Convert.FromHexString(string.Concat(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "golden", name + ".hex")).Where(l => !l.StartsWith('#')).Select(l => l.Trim())));
}
