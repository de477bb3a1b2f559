using System.Globalization;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Output;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Restating;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Document;

/// <summary>One fenced example of docs/metering.md: a meter, what it and others said, what is expected of it. An event that is not expected is a fault, a gap's excepted.</summary>
internal sealed class Example
{
    private readonly List<string[]> _expected = [];
    private readonly List<(double Time, int Order, Action Do)> _happens = [];
    private readonly Dictionary<string, int> _slots = [];
    private readonly Feed _feed;

    public Example(IEnumerable<string> lines)
    {
        var rows = lines.Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        _feed = new Feed(Plan([.. rows.TakeWhile(r => r[0] == "option")]));
        foreach (var row in rows.SkipWhile(r => r[0] == "option")) Do(row);
        foreach (var (_, _, happen) in _happens.OrderBy(h => h.Time).ThenBy(h => h.Order)) happen();
    }

    /// <summary>Runs what is expected; an example that expects nothing is a fault.</summary>
    public void Check()
    {
        Assert.NotEmpty(_expected);
        foreach (var row in _expected) Expect(row);
        Assert.Equal(_expected.Where(r => r[0] == "event").Select(r => r[1]), _feed.Said.Kinds.Where(k => k != EventKind.Gap).Select(Word));
    }

    private MeteringPlan Plan(string[][] options)
    {
        var longer = options.Where(r => r is [_, "windows", ..]).SelectMany(r => r[2..]).Select(w => WindowKind.TryParse(w, out var kind) ? kind : throw new FormatException(w));
        var pieces = options.Any(r => r is [_, "pieces"]);
        var plant = new Plant { Longer = [.. longer] };
        var meter = plant.Counter(options.Aggregate(pieces ? Plant.Pieces : Plant.Meter, Option));
        foreach (var extra in options.Select(o => o[1]).Where(o => o is "state" or "power" or "batch")) _slots[extra] = extra == "state" ? plant.State() : extra == "power" ? plant.Gauge() : plant.Text();
        var products = options.Where(o => o is [_, "product", _, _]).ToArray();
        if (products.Length > 0) _slots["product"] = plant.Text();
        var second = options.FirstOrDefault(o => o is [_, "second", ..]);
        if (second is not null) _slots["second"] = plant.Counter(Plant.Meter);
        var inputs = new List<UnitInputPlan> { pieces ? new(meter, InputRole.Good, Carrier.None) : new(meter, InputRole.Purchased, Carrier.Electricity, PowerSlot: _slots.GetValueOrDefault("power", -1)) };
        if (second is [.., var role]) inputs.Add(new UnitInputPlan(_slots["second"], role == "minus" ? InputRole.Purchased : InputRole.Storage, Carrier.Electricity, -1));
        var unit = plant.Unit(new UnitPlan
        {
            Id = 0, Path = "", Inputs = [.. inputs], StateSlot = _slots.GetValueOrDefault("state", -1), BatchSlot = _slots.GetValueOrDefault("batch", -1),
            ProductSlot = _slots.GetValueOrDefault("product", -1), Output = products.Length > 0 ? new OutputPlan { ByPoint = true, Products = [.. products.Select(Product)] } : null,
            Gauges = _slots.TryGetValue("power", out var power) ? [power] : [],
        });
        Assert.Equal(0, unit);
        return plant.Plan();
    }

    private static ProductPlan Product(string[] row) => new() { Name = row[2], Codes = [row[2]], Price = [new(long.MinValue, new ExactDecimal(Whole(row[3]), 0))] };

    private static CounterPlan Option(CounterPlan plan, string[] row) => row[1..] switch
    {
        ["pieces"] or ["windows", ..] or ["state"] or ["power"] or ["batch"] or ["product", ..] or ["second", ..] => plan,
        ["to_zero"] => plan with { Resets = ResetPolicy.ToZero },
        ["net_count"] => plan with { NetCount = true },
        ["modulus", var steps] => plan with { Modulus = Whole(steps) },
        _ => throw new FormatException(string.Join(' ', row)),
    };

    private void Do(string[] row)
    {
        switch (row)
        {
            case ["sample", var time, var value]:
                At(time, () => _feed.Count(Seconds(time), Whole(value)));
                break;
            case ["late", var sent, var time, var value]:
                At(sent, () => _feed.Send(Late(Seconds(time), Whole(value)), Seconds(sent)), order: 9);
                break;
            case ["run", var from, var to, var value, var rate]:
                Each(from, to, (s, since) => _feed.Count(s, Whole(value) + since * Whole(rate)));
                break;
            case ["second", var from, var to, var value, var rate]:
                Each(from, to, (s, since) => _feed.Count(s, Whole(value) + since * Whole(rate), _slots["second"]));
                break;
            case ["state", var from, var to, var state]:
                Each(from, to, (s, _) => _feed.Count(s, (long)Enum.Parse<MachineState>(state, ignoreCase: true), _slots["state"]), order: 0);
                break;
            case ["code", var from, var to, var code]:
                Each(from, to, (s, _) => _feed.Text(s, code == "-" ? "" : code, _slots["batch"]), order: 0);
                break;
            case ["made", var from, var to, var code]:
                Each(from, to, (s, _) => _feed.Text(s, code, _slots["product"]), order: 0);
                break;
            case ["power", var from, var to, var kilowatts]:
                Each(from, to, (s, _) => _feed.Gauge(s, double.Parse(kilowatts, CultureInfo.InvariantCulture), _slots["power"]), order: 0);
                break;
            case ["replace", var time, var about, var final, var initial]:
                At(time, () => _feed.Say(Seconds(time), ReplaceWord.Verb, Seconds(about), (ReplaceWord.Final, final), (ReplaceWord.Initial, initial)), order: 9);
                break;
            case ["replace", var time, var about, var final, var initial, var ratio]:
                At(time, () => _feed.Say(Seconds(time), ReplaceWord.Verb, Seconds(about), (ReplaceWord.Final, final), (ReplaceWord.Initial, initial), (ReplaceWord.Ratio, ratio)), order: 9);
                break;
            case ["ratio", var time, var from, var ratio]:
                At(time, () => _feed.Say(Seconds(time), RatioWord.Verb, Seconds(from), (RatioWord.Ratio, ratio)), order: 9);
                break;
            case ["close", var time, var until]:
                At(time, () => _feed.Say(Seconds(time), CloseWord.Verb, Seconds(until)), order: 9);
                break;
            case ["advance", var time]:
                At(time, () => _feed.Advance(Seconds(time)), order: 9);
                break;
            case ["expect" or "total" or "event" or "coverage" or "batch" or "segment" or "figure" or "adjustment" or "sum", ..]:
                _expected.Add(row);
                break;
            default:
                throw new FormatException(string.Join(' ', row));
        }
    }

    private void Expect(string[] row)
    {
        switch (row)
        {
            case ["total", var steps]:
                Assert.Equal(Whole(steps) * CounterLine.One, _feed.Core.TotalOf(0));
                break;
            case ["coverage", var from, _, var seconds]:
                Assert.Equal(Whole(seconds) * 1_000_000, _feed.Window(Seconds(from)).CoveredMicros);
                break;
            case ["expect", var from, var to, "kWh" or "pieces", .. var rest]:
                Input(Of(from, to, null), 0, rest);
                break;
            case ["sum", var from, var to, "kWh", var amount]:
                Assert.Equal(amount, QuantitySum.Of(Of(from, to, null), Carrier.Electricity).Total.RoundToSix().ToString());
                break;
            case ["adjustment", var from, var to, "kWh", .. var rest]:
                Input(Of(from, to, WindowKind.Adjustment), 0, rest);
                break;
            case ["segment", var from, var to, "kWh" or "pieces", .. var rest]:
                var whole = _feed.Said.Final.Single(r => r.Kind != WindowKind.Batch && r.Segments.ToArray().Any(s => s.Start == Feed.At(Seconds(from)) && s.End == Feed.At(Seconds(to))));
                Input(whole, whole.Segments.ToArray().Single(s => s.Start == Feed.At(Seconds(from))).FirstInput, rest);
                break;
            case ["batch", var id, var from, var to, "kWh", .. var rest]:
                var batch = _feed.Said.Final.Single(r => r.Kind == WindowKind.Batch && r.WindowId == id);
                Assert.Equal((Feed.At(Seconds(from)), Feed.At(Seconds(to))), (batch.Start, batch.End));
                Input(batch, 0, rest);
                break;
            case ["figure", var from, var to, var name, var expected]:
                var figure = Of(from, to, null).Figures.ToArray().Single(f => f.Id.Word() == name);
                Assert.Equal(expected, figure.Value?.ToString() ?? figure.Reason.Word());
                break;
        }
    }

    private WindowRecord Of(string from, string to, WindowKind? kind) =>
        _feed.Said.Final.Single(r => r.Start == Feed.At(Seconds(from)) && r.End == Feed.At(Seconds(to)) && (kind is null ? r.Kind != WindowKind.Batch && r.Kind != WindowKind.Adjustment : r.Kind == kind));

    private static void Input(WindowRecord record, int index, string[] expected)
    {
        var (input, more) = (record.Inputs[index], expected[2..]);
        Assert.True(ExactDecimal.TryParse(expected[0], out var value));
        Assert.Equal((value.Normalize(), expected[1]), (input.Amount.RoundToSix().Normalize(), input.Basis.Word()));
        var stated = more is [.., "bound", var bound] ? bound : null;
        Assert.Equal(stated is null ? more : more[..^2], (input.Flags & ~WindowFlags.Coarse).Names());
        if (stated is not null) Assert.Equal(double.Parse(stated, CultureInfo.InvariantCulture), input.BoundAmount!.Value.ToDouble(), 5);
        if ((input.Flags & (WindowFlags.Missing | WindowFlags.ZeroedByShift)) != 0) Assert.Null(input.BoundAmount);
    }

    private void At(string time, Action happen, int order = 1) => _happens.Add((Seconds(time), order, happen));

    private void Each(string from, string to, Action<int, long> happen, int order = 1)
    {
        for (var s = Seconds(from); s <= Seconds(to); s++)
        {
            var at = s;
            _happens.Add((s, order, () => happen(at, at - Seconds(from))));
        }
    }

    private static Records.Samples.SampleBlock Late(int seconds, long value)
    {
        var block = new Records.Samples.SampleBlock(1);
        Assert.True(block.TryAddInteger(0, Feed.At(seconds), 0, value));
        return block;
    }

    private static string Word(EventKind kind) => kind == EventKind.OperatorWord ? "operator_word" : kind.Word();

    private static long Whole(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static int Seconds(string time) => time.Split(':') switch
    {
        [var minutes, var seconds] when time.Length == 5 => ((int)Whole(minutes) * 60 + (int)Whole(seconds)) * 60,
        [var hours, var minutes, var seconds] => ((int)Whole(hours) * 60 + (int)Whole(minutes)) * 60 + (int)Whole(seconds),
        _ => throw new FormatException(time),
    };
}
