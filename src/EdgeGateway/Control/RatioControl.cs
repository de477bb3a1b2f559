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

/// <summary><c>ratio</c>: a transformer ratio was wrong from a time on; windows since then are stated again.</summary>
/// <param name="plant">The plan in force.</param>
/// <param name="say">Appends a word to the input log.</param>
/// <param name="store">Where what came of it is read.</param>
/// <param name="time">The clock.</param>
internal sealed class RatioControl(Func<CompiledPlant> plant, Func<OperatorWord, CancellationToken, Task<long>> say, IStore store, TimeProvider time) : IControlCommand
{
    private const int Newest = 1_000;

    public string Name => RatioWord.Verb;

    public async Task<ControlReply> RunAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        var point = request.Argument("point") ?? "";
        if (!plant().Metering.Points.Any(p => p.Path == point && p.Kind == PointKind.Counter)) return ControlReply.Refused($"There is no counter '{point}' in the running map.");
        if (!DateTimeOffset.TryParse(request.Argument("from"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from)) return ControlReply.Refused($"'{request.Argument("from")}' is no time: write it like 2026-10-01T08:00:00+08:00.");
        if (UtcMicros.From(from) > UtcMicros.From(time.GetUtcNow())) return ControlReply.Refused("A ratio is corrected from a time that has passed; one that will change is written into the map when it does.");
        var ratio = request.Argument(RatioWord.Ratio) ?? "";
        if (!ExactDecimal.TryParse(ratio, out var value) || value.Mantissa <= 0) return ControlReply.Refused($"'{ratio}' is no ratio: write CT × PT as one number, such as 40 for 200/5 A.");
        var before = store.DurableEventId;
        await say(new OperatorWord(RatioWord.Verb, point, UtcMicros.From(from), request.By, [new(RatioWord.Ratio, ratio)]), cancellationToken);
        foreach (var stored in store.ReadEvents(before, Newest))
        {
            if (stored.Happening.Subject == point && stored.Happening.Kind == EventKind.WordRefused) return ControlReply.Refused("Noted, and not followed: " + string.Join(", ", stored.Happening.Details.Where(d => d.Key == "reason").Select(d => d.Value)) + ".");
        }
        return ControlReply.Done($"Windows since then are stated again, some hundreds a second. Write the ratio into the map as well: 'ratio: {value}' at {point}.");
    }
}
