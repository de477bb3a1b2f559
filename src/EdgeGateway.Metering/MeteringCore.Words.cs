using System.Globalization;
using EdgeGateway.Metering.Amendments;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Restating;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering;

/// <summary>What operators say.</summary>
public sealed partial class MeteringCore
{
    /// <summary>Takes an operator's word: keeps it as an event, and does what it says.</summary>
    public void Apply(in EntryStamp entry, OperatorWord word, IMeteringOutput output)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(output);
        output = _closed.Over(output);
        output.Event(word.ToEvent(entry.Now));
        if (AdoptWord.EpochOf(word) is { } epoch && epoch > _epoch) _epoch = epoch;
        if (word.Verb == ReplaceWord.Verb) Replace(entry, word, output);
        else if (word.Verb == RatioWord.Verb) Correct(entry, word, output);
        else if (word.Verb == CloseWord.Verb) Close(entry, word, output);
        if (RestateOrder.Of(word) is { } order) _restating.Add(order);
        Evaluate(entry, output);
    }

    private static void Refuse(OperatorWord word, string reason, IMeteringOutput output) => output.Event(new GatewayEvent(EventKind.WordRefused, word.At, word.Subject, [new("verb", word.Verb), new("reason", reason)]));

    private void Replace(in EntryStamp entry, OperatorWord word, IMeteringOutput output)
    {
        if (CounterOf(word.Subject, out var slot) is not { } track) Refuse(word, "there is no such counter", output);
        else if (!ReplaceWord.TryRead(word, track.Point, out var replacement)) Refuse(word, "its readings are not numbers of this register", output);
        else if (replacement.Ratio is { Mantissa: <= 0 }) Refuse(word, "the ratio is no number above zero", output);
        else if (replacement.Ratio is { } said && !RatioWord.Fits(track.Point, said)) Refuse(word, "with this ratio a step is finer than is counted", output);
        else if (track.WhyNotFaster(replacement) is { } unsure) Refuse(word, unsure, output);
        else Replace(entry, word, slot, track, replacement, output);
    }

    private void Replace(in EntryStamp entry, OperatorWord word, int slot, CounterTrack track, in Replacement replacement, IMeteringOutput output)
    {
        var before = track.Line.Physics.StepsPerMicro;
        var at = replacement.At - track.Point.Counter!.LagMicros;
        if (track.Line.Replace(replacement, out var steps) is { } reason) Refuse(word, reason, output);
        else if (replacement.At > track.Line.Line.Time)
        {
            foreach (var unit in _tracks.UnitsOf(slot)) _units[unit].Expect(at);
        }
        else
        {
            var left = track.Line.Left;
            List<KeyValuePair<string, string>> details = [new("steps", steps.ToString(CultureInfo.InvariantCulture))];
            if (replacement.Ratio is { } ratio) details.Add(new("ratio", ratio.ToString()));
            output.Event(new GatewayEvent(EventKind.MeterReplaced, replacement.At, track.Point.Path, details));
            RatioChange? change = null;
            if (replacement.Ratio is { } other)
            {
                change = new RatioChange(other, at, track.Line.NextRatio(at), Math.Max(1, track.Line.Physics.StepsPerMicro / before));
                if (at % _tracks.BaseMicros != 0) track.Cut(at);
                foreach (var unit in _tracks.UnitsOf(slot)) _units[unit].CutAt(at, SegmentCut.Epoch);
            }
            var told = track.Lift(entry.Seq, left, replacement.At, left.Counted - (replacement.Initial is { } initial ? left.First.Value - initial : 0), steps, replacement.IsWhole, change);
            foreach (var unit in _tracks.UnitsOf(slot)) _units[unit].Lift(slot, told);
            Mark(slot);
        }
    }

    /// <summary>A ratio was wrong from a time on: windows since then are stated again. Totals are raw steps and stay.</summary>
    private void Correct(in EntryStamp entry, OperatorWord word, IMeteringOutput output)
    {
        var from = UtcMicros.Floor(word.At, _tracks.BaseMicros);
        if (CounterOf(word.Subject, out var slot) is not { } track) Refuse(word, "there is no such counter", output);
        else if (!ExactDecimal.TryParse(word.Detail(RatioWord.Ratio), out var ratio) || ratio.Mantissa <= 0) Refuse(word, "the ratio is no number above zero", output);
        else if (!RatioWord.Fits(track.Point, ratio)) Refuse(word, "with this ratio a step is finer than is counted", output);
        else if (from > entry.Now) Refuse(word, "its time lies in the future", output);
        else
        {
            var before = track.Line.RatioAt(from);
            var until = track.Line.Correct(from, ratio);
            output.Event(new GatewayEvent(EventKind.RatioCorrected, from, track.Point.Path,
            [
                new("from", UtcMicros.Format(from)), new("until", until == long.MaxValue ? "" : UtcMicros.Format(until)), new("before", before.ToString()), new("ratio", ratio.ToString()),
            ]));
            foreach (var unit in _tracks.UnitsOf(slot)) _units[unit].Correct(slot, from, until, ratio, entry.Seq);
            Mark(slot);
        }
    }

    /// <summary>What was reported up to a time stays as it is: from now on it changes by adjustment records only.</summary>
    private void Close(in EntryStamp entry, OperatorWord word, IMeteringOutput output)
    {
        if (word.At > entry.Now) Refuse(word, "its time lies in the future", output);
        else if (Array.Find(_units, u => u.Begun && u.Next * _tracks.BaseMicros < word.At) is { } unit) Refuse(word, $"not all windows before it are stated: of '{unit.Layout.Plan.Path}' up to {UtcMicros.Format(unit.Next * _tracks.BaseMicros)}", output);
        else
        {
            output.Event(new GatewayEvent(EventKind.PeriodClosed, word.At, "", [new("before", _closed.Until == long.MinValue ? "" : UtcMicros.Format(_closed.Until)), new("by", word.By)]));
            _closed.Until = word.At;
        }
    }

    private CounterTrack? CounterOf(string path, out int slot)
    {
        slot = -1;
        for (var i = 0; i < _plan.Points.Length; i++)
        {
            if (_plan.Points[i].Path == path) slot = i;
        }
        return slot < 0 ? null : _tracks.Counters[slot];
    }
}
