using System.Globalization;
using EdgeGateway.Metering.Restating;
using EdgeGateway.Pipeline.Control;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Control;

/// <summary><c>close</c>: what is reported up to a time stays as it is, and changes by adjustment records only.</summary>
/// <param name="say">Appends a word to the input log.</param>
/// <param name="store">Where what came of it is read.</param>
/// <param name="time">The clock.</param>
internal sealed class CloseControl(Func<OperatorWord, CancellationToken, Task<long>> say, IStore store, TimeProvider time) : IControlCommand
{
    private const int Newest = 1_000;

    public string Name => CloseWord.Verb;

    public async Task<ControlReply> RunAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        if (!DateTimeOffset.TryParse(request.Argument("until"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)) return ControlReply.Refused($"'{request.Argument("until")}' is no time: write it like 2026-11-01T00:00:00+08:00.");
        if (UtcMicros.From(until) > UtcMicros.From(time.GetUtcNow())) return ControlReply.Refused("A period is closed once it is over: its end lies in the future.");
        var before = store.DurableEventId;
        await say(new OperatorWord(CloseWord.Verb, "", UtcMicros.From(until), request.By, []), cancellationToken);
        foreach (var stored in store.ReadEvents(before, Newest))
        {
            if (stored.Happening.Kind == EventKind.WordRefused) return ControlReply.Refused("Noted, and not followed: " + string.Join(", ", stored.Happening.Details.Where(d => d.Key == "reason").Select(d => d.Value)) + ".");
        }
        return ControlReply.Done($"Windows that end up to {UtcMicros.Format(UtcMicros.From(until))} are closed: what becomes known of them later is stated as records of kind adjustment.");
    }
}
