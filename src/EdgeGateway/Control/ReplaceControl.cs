using System.Globalization;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Pipeline.Control;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Control;

/// <summary><c>replace</c>: a meter was replaced; its totals go on with the new one.</summary>
/// <param name="plant">The plan in force.</param>
/// <param name="say">Appends a word to the input log.</param>
/// <param name="store">Where what came of it is read.</param>
/// <param name="time">The clock.</param>
internal sealed class ReplaceControl(Func<CompiledPlant> plant, Func<OperatorWord, CancellationToken, Task<long>> say, IStore store, TimeProvider time) : IControlCommand
{
    private const int Newest = 1_000;

    public string Name => ReplaceWord.Verb;

    public async Task<ControlReply> RunAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        var point = request.Argument("point") ?? "";
        if (!plant().Metering.Points.Any(p => p.Path == point && p.Kind == PointKind.Counter)) return ControlReply.Refused($"There is no counter '{point}' in the running map.");
        var now = UtcMicros.From(time.GetUtcNow());
        var at = now;
        if (request.Argument("at") is { } text)
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)) return ControlReply.Refused($"'{text}' is no time: write it like 2026-11-24T10:30:00+08:00.");
            at = UtcMicros.From(instant);
        }
        if (at > now + UtcMicros.PerMinute) return ControlReply.Refused("A replacement is told of once it has been made: its time lies in the future.");
        var details = new List<KeyValuePair<string, string>>();
        foreach (var name in (string[])[ReplaceWord.Final, ReplaceWord.Initial])
        {
            if (request.Argument(name) is not { } reading) continue;
            if (!ExactDecimal.TryParse(reading, out var value) || value.Mantissa < 0) return ControlReply.Refused($"'{reading}' is no reading: write the number on the display, such as 12345.6, or leave --{name} out where it is not known.");
            details.Add(new(name, reading));
        }
        if (request.Argument(ReplaceWord.Ratio) is { } ratio)
        {
            if (!ExactDecimal.TryParse(ratio, out var factor) || factor.Mantissa <= 0) return ControlReply.Refused($"'{ratio}' is no ratio: write CT × PT as one number, such as 40 for 200/5 A.");
            details.Add(new(ReplaceWord.Ratio, ratio));
        }
        var before = store.DurableEventId;
        await say(new OperatorWord(ReplaceWord.Verb, point, at, request.By, details), cancellationToken);
        foreach (var stored in store.ReadEvents(before, Newest))
        {
            if (stored.Happening.Subject != point) continue;
            if (stored.Happening.Kind == EventKind.WordRefused) return ControlReply.Refused("Noted, and not followed: " + string.Join(", ", stored.Happening.Details.Where(d => d.Key == "reason").Select(d => d.Value)) + ".");
            if (stored.Happening.Kind == EventKind.MeterReplaced) return ControlReply.Done(request.Argument(ReplaceWord.Ratio) is { } other
                ? $"The reset that was seen is a replacement now; windows since then are stated again. Write the new ratio into the map as well: 'ratio: {other}' at {point}."
                : "The reset that was seen is a replacement now; windows since then are stated again.");
        }
        return ControlReply.Done(request.Argument(ReplaceWord.Ratio) is { } noted
            ? $"Noted: the total goes on with the first reading of the new meter after that time. Write the new ratio into the map as well: 'ratio: {noted}' at {point}."
            : "Noted: the total goes on with the first reading of the new meter after that time.");
    }
}
