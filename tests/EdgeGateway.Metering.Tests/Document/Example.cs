using System.Globalization;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Document;

/// <summary>One fenced example of docs/metering.md: a meter, what it said, what is expected of it. An event that is not expected is a fault, a gap's excepted.</summary>
internal sealed class Example
{
    private readonly List<string[]> _expected = [];
    private readonly Feed _feed;

    public Example(IEnumerable<string> lines)
    {
        var rows = lines.Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var longer = rows.Where(r => r is ["option", "windows", ..]).SelectMany(r => r[2..]).Select(w => WindowKind.TryParse(w, out var kind) ? kind : throw new FormatException(w));
        _feed = new Feed(Plant.OfOneMeter(rows.TakeWhile(r => r[0] == "option").Aggregate(rows.Any(r => r is ["option", "pieces"]) ? Plant.Pieces : Plant.Meter, Option)) with { LongerWindows = [.. longer] });
        foreach (var row in rows.SkipWhile(r => r[0] == "option")) Do(row);
    }

    /// <summary>Runs what is expected; an example that expects nothing is a fault.</summary>
    public void Check()
    {
        Assert.NotEmpty(_expected);
        foreach (var row in _expected) Expect(row);
        Assert.Equal(_expected.Where(r => r[0] == "event").Select(r => r[1]), _feed.Said.Kinds.Where(k => k != EventKind.Gap).Select(Word));
    }

    private static CounterPlan Option(CounterPlan plan, string[] row) => row[1..] switch
    {
        ["pieces"] or ["windows", ..] => plan,
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
                _feed.Count(Seconds(time), Whole(value));
                break;
            case ["run", var from, var to, var value, var rate]:
                _feed.Run(Seconds(from), Seconds(to), Whole(value), (int)Whole(rate));
                break;
            case ["replace", var time, var about, var final, var initial]:
                _feed.Say(Seconds(time), ReplaceWord.Verb, Seconds(about), (ReplaceWord.Final, final), (ReplaceWord.Initial, initial));
                break;
            case ["advance", var time]:
                _feed.Advance(Seconds(time));
                break;
            case ["expect" or "total" or "event" or "coverage", ..]:
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
            case ["expect", var from, var to, "kWh" or "pieces", var amount, var basis, .. var more]:
                var input = _feed.Said.Final.Single(r => r.Start == Feed.At(Seconds(from)) && r.End == Feed.At(Seconds(to))).Inputs[0];
                Assert.True(ExactDecimal.TryParse(amount, out var value));
                Assert.Equal((value.Normalize(), basis), (input.Amount.RoundToSix().Normalize(), input.Basis.Word()));
                var stated = more is [.., "bound", var bound] ? bound : null;
                Assert.Equal(stated is null ? more : more[..^2], (input.Flags & ~WindowFlags.Coarse).Names());
                if (stated is not null) Assert.Equal(double.Parse(stated, CultureInfo.InvariantCulture), input.BoundAmount!.Value.ToDouble(), 5);
                if ((input.Flags & (WindowFlags.Missing | WindowFlags.ZeroedByShift)) != 0) Assert.Null(input.BoundAmount);
                break;
        }
    }

    private static string Word(EventKind kind) => string.Concat(kind.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));

    private static long Whole(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static int Seconds(string time) => time.Split(':') switch
    {
        [var minutes, var seconds] when time.Length == 5 => ((int)Whole(minutes) * 60 + (int)Whole(seconds)) * 60,
        [var hours, var minutes, var seconds] => ((int)Whole(hours) * 60 + (int)Whole(minutes)) * 60 + (int)Whole(seconds),
        _ => throw new FormatException(time),
    };
}
