using System.Globalization;
using EdgeGateway.Pipeline.Control;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Control;

/// <summary><c>clock</c>: what the running gateway's time rests on, and an operator's word that the system clock is right.</summary>
/// <param name="ingest">Where time is made.</param>
/// <param name="sources">Who may vouch, the best first.</param>
/// <param name="operators">The last of them.</param>
/// <param name="boot">This boot.</param>
/// <param name="stamps">Boot time.</param>
/// <param name="store">Where the word is kept for this boot.</param>
internal sealed class ClockControl(IngestLoop ingest, IReadOnlyList<IClockSource> sources, OperatorClock operators, string boot, StampClock stamps, IStore store) : IControlCommand
{
    /// <summary>The note that keeps an operator's word for the next process of the same boot.</summary>
    public const string KeptNote = "clock.operator";

    public string Name => "clock";

    public async Task<ControlReply> RunAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        if (request.Argument("do") == "trust" && await TrustAsync(request.By, cancellationToken) is { } refused) return refused;
        return ControlReply.Done([.. Status()]);
    }

    private async Task<ControlReply?> TrustAsync(string by, CancellationToken cancellationToken)
    {
        var offset = stamps.SystemOffset;
        var system = stamps.Now + offset;
        var shown = UtcMicros.Format(system / UtcMicros.PerSecond * UtcMicros.PerSecond);
        if (system < ClockLimits.Set) return ControlReply.Refused($"The system clock shows {shown}: it has not been set. Set it first, as by 'timedatectl set-time', then say this again.");
        if (ingest.Clock.UtcOffset is null && system < store.Opened.LastNow)
        {
            return ControlReply.Refused($"The system clock shows {shown}, but the newest stored entry is of {UtcMicros.Format(store.Opened.LastNow)}: one of them is wrong. Set the clock, then say this again.");
        }
        operators.Vouch(offset);
        store.PutNote(KeptNote, operators.Write(boot));
        await ingest.SayAsync(new OperatorWord(OperatorClock.Verb, "", system, by, []), cancellationToken);
        return null;
    }

    private IEnumerable<string> Status()
    {
        var clock = ingest.Clock;
        if (clock.UtcOffset is not { } offset) yield return "The clock is awaited: samples are kept, window records begin once somebody vouches, or gateway.clock_wait runs out.";
        else
        {
            var now = UtcMicros.Format((stamps.Now + offset) / UtcMicros.PerSecond * UtcMicros.PerSecond);
            yield return clock.Verified ? $"Time is {now}, by {clock.Source}." : $"Time is {now}; records say clock_unverified.";
            if (clock.Ahead > 0) yield return string.Create(CultureInfo.InvariantCulture, $"It is {clock.Ahead / 1e6:0.0} s ahead of {clock.Source} and runs a tenth slower until they meet.");
        }
        foreach (var source in sources)
        {
            if (source.Vouched(stamps) is not { } vouched) yield return $"{source.Name,-9}does not vouch";
            else yield return $"{source.Name,-9}vouches for {UtcMicros.Format((stamps.Now + vouched) / UtcMicros.PerSecond * UtcMicros.PerSecond)}";
        }
        yield return string.Create(CultureInfo.InvariantCulture, $"Steps since the start: {clock.Steps}.");
    }
}
