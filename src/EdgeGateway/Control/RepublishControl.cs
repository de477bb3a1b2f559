using System.Globalization;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Pipeline.Control;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Control;

/// <summary><c>republish</c>: a stretch of the log to one publisher of the running gateway again.</summary>
/// <param name="publishers">The loops that run.</param>
internal sealed class RepublishControl(Func<IReadOnlyList<PublisherLoop>> publishers) : IControlCommand
{
    private const int GreatestRate = 100_000;

    public string Name => "republish";

    public Task<ControlReply> RunAsync(ControlRequest request, CancellationToken cancellationToken) => Task.FromResult(Run(request));

    private ControlReply Run(ControlRequest request)
    {
        var running = publishers();
        var names = running.Select(p => p.Health.Name).ToArray();
        if (request.Argument("publisher") is not { } name || running.FirstOrDefault(p => p.Health.Name == name) is not { } loop)
        {
            return ControlReply.Refused($"There is no publisher '{request.Argument("publisher")}'{Spelling.Ending(request.Argument("publisher") ?? "", names)}");
        }
        if (!TryTime(request.Argument("from"), out var from) || !TryTime(request.Argument("to"), out var to) || from >= to) return ControlReply.Refused("Write from and to as 2026-11-24T08:00:00Z or with an offset such as +08:00; to lies behind from.");
        var rate = RepublishOrder.UsualRate;
        if (request.Argument("rate") is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out rate) || rate is < 1 or > GreatestRate)) return ControlReply.Refused($"rate: expected items a second, 1 to {GreatestRate}.");
        var streams = new List<RecordStream>();
        foreach (var word in (request.Argument("streams") ?? "records").Split(',', StringSplitOptions.TrimEntries))
        {
            if (RecordStreams.Parse(word) is { } stream) streams.Add(stream);
            else return ControlReply.Refused($"streams: there is no '{word}'; write records, telemetry, events.");
        }
        return loop.Republish(new RepublishOrder(from, to, [.. streams.Distinct()], rate))
            ? ControlReply.Done(string.Create(CultureInfo.InvariantCulture, $"{name}: {string.Join(", ", streams.Distinct().Select(s => s.Word()))} from {UtcMicros.Format(from)} to {UtcMicros.Format(to)} go out again, at most {rate} items a second. The log says when it is done."))
            : ControlReply.Refused($"{name} is republishing already; wait until the log says that it is done.");
    }

    private static bool TryTime(string? text, out long micros)
    {
        micros = 0;
        if (text is null || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)) return false;
        micros = UtcMicros.From(instant);
        return true;
    }
}
