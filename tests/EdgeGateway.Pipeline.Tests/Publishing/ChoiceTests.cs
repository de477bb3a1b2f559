using System.Collections.Immutable;
using CsCheck;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Pipeline.Tests.Contract;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Tests.Publishing;

public sealed class ChoiceTests
{
    [Fact]
    public void By_default_telemetry_is_on_change_and_records_come_from_15m_up()
    {
        var choice = PublisherChoice.Of(Values());
        Assert.Equal([RecordStream.Records, RecordStream.Telemetry, RecordStream.Events], choice.Streams);
        Assert.Equal((TelemetryMode.OnChange, TimeSpan.FromMinutes(5), false, 0), (choice.Telemetry, choice.MaxSilence, choice.FromOldest, choice.BytesPerDay));
        Assert.Equal([false, false, true, true, true, true, true, true],
            new[] { WindowKind.OfSeconds(5), WindowKind.Minute, WindowKind.QuarterHour, WindowKind.Hour, WindowKind.Day, WindowKind.Month, WindowKind.Shift, WindowKind.Batch }.Select(choice.Wants));
        Assert.Equal(new PublisherChoice().Streams, choice.Streams);
    }

    [Fact]
    public void What_is_chosen_is_read()
    {
        var choice = PublisherChoice.Of(Values(("streams", "telemetry, events"), ("telemetry", "all"), ("windows", "1m"), ("units", "line-*"), ("points", "*.power"), ("measures", "W, MWh"), ("budget", "20"), ("start", "oldest")));
        Assert.Equal([RecordStream.Telemetry, RecordStream.Events], choice.Streams);
        Assert.Equal([true, false], new[] { "line-1", "workshop" }.Select(choice.WantsUnit));
        Assert.Equal([true, false], new[] { "press-meter.power", "press-meter.energy" }.Select(choice.WantsPoint));
        Assert.Equal((true, false, true, 20_000_000), (choice.Wants(WindowKind.Minute), choice.Wants(WindowKind.Hour), choice.FromOldest, choice.BytesPerDay));
        Assert.Equal([RecordStream.Records], PublisherChoice.Of(Values(("telemetry", "off"), ("streams", "records, telemetry"))).Streams);
        Assert.Equal(TelemetryMode.Off, PublisherChoice.Of(Values(("telemetry", "false"))).Telemetry);
    }

    [Theory]
    [InlineData("streams", "record", "streams: there is no 'record': expected a list such as [records, events]; did you mean 'records'?")]
    [InlineData("windows", "16m", "windows: there is no '16m': expected a list such as")]
    [InlineData("telemetry", "on-change", "telemetry: expected on_change, all or off; did you mean 'on_change'?")]
    [InlineData("deadband", "-1", "deadband: expected a number")]
    [InlineData("deadband", "x%", "deadband: expected a number")]
    [InlineData("measures", "kwh", "measures: there is no 'kwh': expected a list such as [W, MWh]; did you mean 'kWh'?")]
    [InlineData("measures", "kW, W", "measures: kW and W measure the same; keep one.")]
    [InlineData("rename", "x", "rename: write names as they are")]
    public void A_wrong_choice_says_what_to_write(string key, string value, string expected)
    {
        var faults = new FaultList();
        Bind(faults, (key, value));
        Assert.StartsWith(expected, Assert.Single(faults.Ordered).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deadband_is_only_for_changes()
    {
        var faults = new FaultList();
        ChoiceOptions.Check(Bind(faults, ("telemetry", "all"), ("deadband", "1"), ("max_silence", "1min")), faults);
        Assert.Equal(["deadband: only with telemetry: on_change.", "max_silence: only with telemetry: on_change."], faults.Ordered.Select(f => f.Message));
    }

    [Theory]
    [InlineData("*", "anything", true)]
    [InlineData("a*b*c", "aXXbYYc", true)]
    [InlineData("a*b*c", "aXXbYY", false)]
    [InlineData("*.power", "press.power", true)]
    [InlineData("*.power", "press.power2", false)]
    [InlineData("line-1", "line-11", false)]
    [InlineData("", "", true)]
    public void Patterns_match(string pattern, string name, bool expected) => Assert.Equal(expected, new NamePattern(pattern).Matches(name));

    [Fact]
    public void Patterns_match_as_regular_expressions_would() => Gen.Select(Gen.String[Gen.Char["ab*"], 0, 8], Gen.String[Gen.Char["ab"], 0, 10]).Sample((pattern, name) =>
        Assert.Equal(System.Text.RegularExpressions.Regex.IsMatch(name, "^" + pattern.Replace("*", ".*") + "$"), new NamePattern(pattern).Matches(name)));

    [Fact]
    public void Names_and_units_of_measure_are_changed_exactly()
    {
        var choice = PublisherChoice.Of(Values(("measures", "W, kWh"))) with { Names = new Dictionary<string, string> { ["press-meter.power"] = "P", ["plc-1.good"] = "plc.ok", ["line-1"] = "冲压线-1" }.ToImmutableDictionary() };
        INames names = new ChosenData(choice, new Plant());
        Assert.Equal("冲压线-1", names.Unit(Plant.Line));
        Assert.Equal(("press-meter", "P", UnitOfMeasure.Watt), (names.Point(Plant.Power)!.Device, names.Point(Plant.Power)!.Name, names.Point(Plant.Power)!.Unit));
        Assert.Equal("plc.ok", names.Point(Plant.Good)!.Path);
        // 0.001 MWh a step, ratio 20: 123 steps are 2 460 kWh.
        Assert.True(names.Point(Plant.Megawatts)!.TryCounterValue(123, out var mantissa, out var exponent));
        Assert.Equal(2460, (double)mantissa * Math.Pow(10, exponent));
        Assert.Null(names.Point(999));
    }

    [Fact]
    public void A_gauge_passes_when_it_leaves_the_band_around_what_was_sent_or_after_the_silence()
    {
        var filter = new ChangeFilter(new PublisherChoice { Deadband = new Deadband(1, false), MaxSilence = TimeSpan.FromSeconds(10) });
        Assert.Equal([true, false, false, true, false, true, true], new[] { (0, 5.0), (1, 5.9), (2, 4.0), (3, 6.1), (4, 5.2), (13, 5.2), (14, 3.0) }.Select(s => filter.Passes(Row(s.Item1, s.Item2), PointKind.Gauge)));
    }

    [Fact]
    public void A_share_is_one_of_what_was_sent()
    {
        Assert.True(Deadband.TryParse("2 %", out var band));
        Assert.Equal([true, false], new[] { band.Holds(100, 102), band.Holds(100, 102.1) });
        Assert.Equal([true, false], new[] { band.Holds(-100, -98), band.Holds(0, 0.001) });
        Assert.False(band.Holds(double.NaN, 1));
    }

    [Fact]
    public void Counters_states_and_texts_pass_at_any_change_and_a_missing_reading_once()
    {
        var filter = new ChangeFilter(new PublisherChoice { Deadband = new Deadband(1000, false) });
        SampleRow Counter(int second, long steps, Quality quality = Quality.Good) => new(2, second * 1_000_000L, 0, steps, quality, null);
        Assert.Equal([true, false, true, false, true, false, true, true], new[] { Counter(0, 1), Counter(1, 1), Counter(2, 2), Counter(3, 2, Quality.GoodHeartbeat), Counter(4, 0, Quality.BadTimeout), Counter(5, 0, Quality.BadTimeout),
            Counter(6, 0, Quality.BadException), Counter(7, 2) }.Select(s => filter.Passes(s, PointKind.Counter)));
        Assert.Equal([true, false, true], new[] { "a", "a", "b" }.Select((t, i) => filter.Passes(new SampleRow(3, i, 0, 0, Quality.Good, t), PointKind.Text)));
    }

    [Fact]
    public void What_is_left_out_lies_within_the_band_of_what_passed_before() => Gen.Select(Gen.Double[0, 100].Array[1, 200], Gen.Double[0, 10]).Sample((values, size) =>
    {
        var filter = new ChangeFilter(new PublisherChoice { Deadband = new Deadband(size, false), MaxSilence = TimeSpan.FromSeconds(20) });
        var (sent, at) = (double.NaN, 0);
        for (var i = 0; i < values.Length; i++)
        {
            if (filter.Passes(Row(i, values[i]), PointKind.Gauge)) (sent, at) = (values[i], i);
            Assert.True(Math.Abs(values[i] - sent) <= size && i - at < 20);
        }
    });

    private static SampleRow Row(int second, double value) => new(1, second * 1_000_000L, value, 0, Quality.Good, null);

    private static OptionValues Values(params (string Key, string Value)[] options)
    {
        var faults = new FaultList();
        var values = Bind(faults, options);
        Assert.Empty(faults.Ordered);
        return values;
    }

    private static OptionValues Bind(FaultList faults, params (string Key, string Value)[] options)
    {
        var values = new OptionValues { Mark = new Mark("plant.yaml", 1, 1) };
        foreach (var (key, value) in options)
        {
            var option = ChoiceOptions.All.Single(o => o.Key == key);
            if (option.Read(new MapText(values.Mark, value, true), faults) is { } bound) values.Set(option, bound, values.Mark);
        }
        return values;
    }
}
