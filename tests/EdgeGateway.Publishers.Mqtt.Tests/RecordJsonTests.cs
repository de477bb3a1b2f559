using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt.Payloads;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Mqtt.Tests;

public sealed class RecordJsonTests
{
    private const string Design = """
        {"v":1,"gateway":"gw-01","unit":"line-1","kind":"1m","id":"","start":"2026-11-24T00:00:00Z","end":"2026-11-24T00:01:00Z","rev":[1795478400,4711],"void":false,"clock":"verified","flags":[],"coverage":1,
        "electricity":{"kWh":1.234000,"basis":"exact","bound":0.0725,"by_state":{"running":1.234000},"inputs":[{"point":"press-meter.energy_import","sign":1,"epoch":1,"t0":"6553600","t1":"14640742","step":"0.01 kWh","ratio":"1"}]},
        "good":{"n":20,"basis":"exact","bound":1},"scrap":{"n":1,"basis":"exact","bound":1},"state_s":{"running":60,"idle":0,"stopped":0,"unknown":0},"kWh_per_good":{"value":0.061700,"reason":null}}
        """;

    [Fact]
    public void The_record_of_the_design_is_rendered_to_the_byte() => Assert.Equal(Design.ReplaceLineEndings(""), Rendered.Record(Plant.Record()));

    [Fact]
    public void Every_carrier_is_shown_in_its_own_unit_beside_the_sets_and_figures_that_rest_on_it()
    {
        var record = Plant.Record();
        (record.Coefficients, record.Factors) = ("gbt2589-2020/1", "cn-guangdong-2023/1 latest_published");
        record.Add(Plant.Input(Plant.Energy, InputRole.Purchased, 0, 65_536, 0) with { Carrier = Carrier.Steam, Unit = UnitOfMeasure.Tonne, Step = new ExactDecimal(1, -3) });
        record.Add(Plant.Input(Plant.Energy, InputRole.Purchased, 0, 65_536, 0) with { Carrier = Carrier.NaturalGas, Unit = UnitOfMeasure.CubicMetreAt20, Step = new ExactDecimal(1, -1) });
        record.Add(new Figure { Id = FigureId.CoalEquivalent, Value = new ExactDecimal(151_659, -6) });
        record.Add(new Figure { Id = Figures.Of(Carrier.NaturalGas), Reason = FigureReason.NoFactor });
        var json = Rendered.Parse(Rendered.Record(record));
        Assert.Equal(["electricity", "natural_gas", "steam"], json.EnumerateObject().Select(p => p.Name).Where(n => Carriers.TryParse(n, out _)));
        Assert.Equal("0.100000", json.GetProperty("natural_gas").GetProperty("m³(20°C)").GetRawText());
        Assert.Equal("1.000000", json.GetProperty("steam").GetProperty("kg").GetRawText());
        Assert.Equal(("gbt2589-2020/1", "cn-guangdong-2023/1 latest_published"), (json.GetProperty("coefficients").GetString(), json.GetProperty("factors").GetString()));
        Assert.Equal("""{"value":0.151659,"reason":null}""", json.GetProperty("kgce").GetRawText());
        Assert.Equal("""{"value":null,"reason":"no_factor"}""", json.GetProperty("kgce_natural_gas").GetRawText());
        record.Add(Plant.Input(Plant.Energy, InputRole.Purchased, 0, 65_536, 0) with { Carrier = Carrier.NaturalGas, Unit = UnitOfMeasure.NormalCubicMetre });
        Assert.Throws<PayloadException>(() => Rendered.Record(record));
    }

    [Fact]
    public void Segments_are_summed_and_an_input_that_goes_on_is_listed_once_from_end_to_end()
    {
        var record = Plant.Record();
        var (start, end) = (record.Start, record.End);
        record.Clear();
        (record.Unit, record.Kind, record.Start, record.End, record.CoveredMicros) = (Plant.Line, WindowKind.Minute, start, end, 59_999_999);
        record.BeginSegment(start, start + 20_000_000, SegmentCut.Batch, "A#1", Plant.States(15_000_000, 5_000_000));
        record.Add(Plant.Input(Plant.Energy, InputRole.Purchased, 100 * 65_536, 150 * 65_536, 65_536));
        record.Add(Plant.Input(Plant.Good, InputRole.Good, 0, 7 * 65_536, 65_536));
        record.BeginSegment(start + 20_000_000, start + 40_000_000, SegmentCut.Batch, "A#2", Plant.States(0, 0, 20_500_000));
        record.Add(Plant.Input(Plant.Good, InputRole.Good, 7 * 65_536, 9 * 65_536, 65_536));
        record.Add(Plant.Input(Plant.Energy, InputRole.Purchased, 150 * 65_536, 175 * 65_536, 65_537, MachineState.Stopped) with { Basis = Basis.Estimated });
        record.BeginSegment(start + 40_000_000, end, SegmentCut.WindowEnd, null, Plant.States(19_500_000));
        record.Add(Plant.Input(Plant.Energy, InputRole.Purchased, 0, 10 * 65_536, 0) with { RegisterEpoch = 2 });
        record.Add(Plant.Input(Plant.Good, InputRole.Good, 9 * 65_536, 9 * 65_536, 65_536));

        var json = Rendered.Parse(Rendered.Record(record));
        var electricity = json.GetProperty("electricity");
        Assert.Equal("0.850000", electricity.GetProperty("kWh").GetRawText());
        Assert.Equal("estimated", electricity.GetProperty("basis").GetString());
        Assert.Equal("0.020001", electricity.GetProperty("bound").GetRawText()); // 0.01 + 0.010000153, rounded up
        Assert.Equal("""{"running":0.600000,"stopped":0.250000}""", electricity.GetProperty("by_state").GetRawText());
        var inputs = electricity.GetProperty("inputs").EnumerateArray().Select(i => (i.GetProperty("epoch").GetInt32(), i.GetProperty("t0").GetString(), i.GetProperty("t1").GetString()));
        Assert.Equal([(1, "6553600", "11468800"), (2, "0", "655360")], inputs);
        Assert.Equal("""{"n":9,"basis":"exact","bound":3}""", json.GetProperty("good").GetRawText());
        Assert.Equal("""{"running":34.5,"idle":5,"stopped":20.5,"unknown":0}""", json.GetProperty("state_s").GetRawText());
        Assert.Equal("0.999999", json.GetProperty("coverage").GetRawText());
    }

    [Fact]
    public void A_ratio_that_changes_and_comes_back_is_listed_three_times()
    {
        var record = new WindowRecord { Unit = Plant.Line, Kind = WindowKind.Hour, Start = Plant.Start, End = Plant.Start + UtcMicros.PerHour };
        long[] edges = [0, 65_536, 131_072, 196_608];
        for (var i = 0; i < 3; i++)
        {
            record.BeginSegment(Plant.Start, Plant.Start, SegmentCut.Ratio, null, default);
            record.Add(Plant.Input(Plant.Energy, InputRole.Purchased, edges[i], edges[i + 1], 0) with { Ratio = new ExactDecimal(i == 1 ? 20 : 40, 0) });
        }
        var electricity = Rendered.Parse(Rendered.Record(record)).GetProperty("electricity");
        Assert.Equal("1.000000", electricity.GetProperty("kWh").GetRawText());
        Assert.Equal(["40", "20", "40"], electricity.GetProperty("inputs").EnumerateArray().Select(i => i.GetProperty("ratio").GetString()));
        Assert.Equal(["65536", "131072", "196608"], electricity.GetProperty("inputs").EnumerateArray().Select(i => i.GetProperty("t1").GetString()));
    }

    [Fact]
    public void Flags_void_clock_and_missing_figures_have_their_words()
    {
        var record = Plant.Record();
        record.Flags = WindowFlags.Missing | WindowFlags.ClockUnverified | WindowFlags.ZeroedByShift | WindowFlags.Void;
        record.Add(new Figure { Id = FigureId.IdleShare, Reason = FigureReason.NoOutput });
        record.Add(new Figure { Id = FigureId.UnmeteredRest, Value = new ExactDecimal(-5, -1) });
        var json = Rendered.Parse(Rendered.Record(record));
        Assert.Equal("""["missing","clock_unverified","zeroed_by_shift"]""", json.GetProperty("flags").GetRawText());
        Assert.True(json.GetProperty("void").GetBoolean());
        Assert.Equal("unverified", json.GetProperty("clock").GetString());
        Assert.Equal("""{"value":null,"reason":"no_output"}""", json.GetProperty("idle_share").GetRawText());
        Assert.Equal("""{"value":-0.500000,"reason":null}""", json.GetProperty("unmetered_kWh").GetRawText());
    }

    [Fact]
    public void Opposite_signs_subtract_and_one_input_without_a_bound_leaves_none()
    {
        var record = Plant.Record();
        record.Add(Plant.Input(Plant.Megawatts, InputRole.Generated, 0, 65_536, long.MaxValue) with { Sign = -1, Unit = UnitOfMeasure.MegawattHour, Step = new ExactDecimal(1, -3), Basis = Basis.LowerBound });
        var electricity = Rendered.Parse(Rendered.Record(record)).GetProperty("electricity");
        Assert.Equal("0.234000", electricity.GetProperty("kWh").GetRawText());
        Assert.Equal("lower_bound", electricity.GetProperty("basis").GetString());
        Assert.Equal("null", electricity.GetProperty("bound").GetRawText());
        Assert.Equal("0.001 MWh", electricity.GetProperty("inputs")[1].GetProperty("step").GetString());
        Assert.Equal("主表.电能", electricity.GetProperty("inputs")[1].GetProperty("point").GetString());
    }

    [Fact]
    public void A_point_that_no_map_names_is_null_and_what_was_not_measured_is_absent()
    {
        var record = new WindowRecord { Unit = Plant.Line, Kind = WindowKind.OfSeconds(5), Start = Plant.Start + 1, End = Plant.Start + 5_000_001 };
        record.BeginSegment(record.Start, record.End, SegmentCut.WindowEnd, null, default);
        record.Add(Plant.Input(999, InputRole.Purchased, -65_536, 0, 0));
        var json = Rendered.Parse(Rendered.Record(record, "线\"<1>"));
        Assert.Equal("null", json.GetProperty("electricity").GetProperty("inputs")[0].GetProperty("point").GetRawText());
        Assert.Equal("-65536", json.GetProperty("electricity").GetProperty("inputs")[0].GetProperty("t0").GetString());
        Assert.False(json.TryGetProperty("good", out _));
        Assert.Equal("5s", json.GetProperty("kind").GetString());
        Assert.Equal("2026-11-24T00:00:00.000001Z", json.GetProperty("start").GetString());
        Assert.Equal("线\"<1>", json.GetProperty("unit").GetString());
    }

    [Fact]
    public void Gauges_join_over_segments_and_what_is_no_number_is_null()
    {
        var record = Plant.Record();
        record.Add(new WindowGauge { Point = Plant.Power, Integral = 100, CoveredMicros = 10_000_000, Min = 5, Max = 20, Last = 7 });
        record.BeginSegment(record.End, record.End, SegmentCut.WindowEnd, null, default);
        record.Add(new WindowGauge { Point = 999, Integral = double.PositiveInfinity, CoveredMicros = 1, Min = double.NaN, Max = 1, Last = 1 });
        record.Add(new WindowGauge { Point = Plant.Power, Integral = 300, CoveredMicros = 10_500_000, Min = 4, Max = 30, Last = 9 });
        Assert.Equal(
            """[{"point":"press-meter.power","mean":19.51219512195122,"min":4,"max":30,"last":9,"covered_s":20.5},{"point":null,"mean":null,"min":null,"max":1,"last":1,"covered_s":0.000001}]""",
            Rendered.Parse(Rendered.Record(record)).GetProperty("gauges").GetRawText());
    }

    [Fact]
    public void What_cannot_be_stated_truthfully_is_refused_with_a_reason()
    {
        var inKilowatts = Plant.Record();
        inKilowatts.Add(Plant.Input(Plant.Power, InputRole.Purchased, 0, 1, 0) with { Unit = UnitOfMeasure.Kilowatt });
        Assert.Contains("which it cannot be", Refusal(inKilowatts), StringComparison.Ordinal);

        var inUnknownUnit = Plant.Record();
        inUnknownUnit.Add(Plant.Input(Plant.Power, InputRole.Purchased, 0, 1, 0) with { Unit = (UnitOfMeasure)250 });
        Assert.Contains("cannot be stated", Refusal(inUnknownUnit), StringComparison.Ordinal);

        var beyond = Plant.Record();
        beyond.Add(Plant.Input(Plant.Energy, InputRole.Purchased, 0, long.MaxValue, 0) with { Step = new ExactDecimal(1, 6), Unit = UnitOfMeasure.MegawattHour });
        Assert.Contains("cannot be stated", Refusal(beyond), StringComparison.Ordinal);

        var beforeTime = Plant.Record();
        beforeTime.Start = long.MinValue;
        Assert.Contains("years", Refusal(beforeTime), StringComparison.Ordinal);

        static string Refusal(WindowRecord record) => Assert.Throws<PayloadException>(() => Rendered.Record(record)).Message;
    }

    [Fact]
    public void Rendering_allocates_nothing()
    {
        var record = Plant.Record();
        record.Flags = WindowFlags.Gap | WindowFlags.Coarse;
        record.Add(new WindowGauge { Point = Plant.Power, Integral = 100, CoveredMicros = 10_000_000, Min = 5, Max = 20, Last = 7 });
        var names = new Plant();
        using var buffer = new JsonBuffer();
        var length = 0L;
        for (var i = 0; i < 200; i++) Render();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Render();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(length > 300 * 100);

        void Render()
        {
            RecordJson.Write(buffer.Begin(), record, Plant.Gateway, "line-1", names);
            length += buffer.End().Length;
        }
    }
}
