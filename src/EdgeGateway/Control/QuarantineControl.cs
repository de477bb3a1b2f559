using System.Globalization;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Pipeline.Control;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Control;

/// <summary><c>quarantine</c>: what targets refused for good: listed, shown, sent once more, or dropped.</summary>
/// <param name="publishers">The loops that run.</param>
/// <param name="store">Where it lies.</param>
/// <param name="item">Describes an item.</param>
/// <param name="say">Appends a word to the input log, for the audit.</param>
/// <param name="time">The clock.</param>
internal sealed class QuarantineControl(Func<IReadOnlyList<PublisherLoop>> publishers, IStore store, QuarantinedText item, Func<OperatorWord, CancellationToken, Task<long>> say, TimeProvider time) : IControlCommand
{
    /// <summary>Items that one request changes at most.</summary>
    public const int Most = 10_000;

    private const int Listed = 50, MostListed = 1_000;

    public string Name => "quarantine";

    public Task<ControlReply> RunAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        if (!TryStream(request.Argument("stream"), out var stream)) return Refused($"stream: there is no '{request.Argument("stream")}'; write records, telemetry or events.");
        long? id = null;
        if (request.Argument("id") is { } text)
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return Refused($"id: '{text}' is no number of an item; 'quarantine list' shows them.");
            id = number;
        }
        return request.Argument("verb") switch
        {
            "list" => Task.FromResult(List(request, stream)),
            "show" => Task.FromResult(Show(request, stream, id)),
            "replay" => ReplayAsync(request, stream, id, cancellationToken),
            "drop" => DropAsync(request, stream, id, cancellationToken),
            _ => Refused("quarantine: write list, show, replay or drop."),
        };
    }

    private ControlReply List(ControlRequest request, RecordStream? stream)
    {
        var limit = Listed;
        if (request.Argument("limit") is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostListed)) return ControlReply.Refused($"limit: expected 1 to {MostListed}.");
        var lines = new List<string>();
        foreach (var count in store.CountQuarantine().Where(c => IsAsked(c.Publisher, c.Stream, request.Argument("publisher"), stream)))
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{count.Publisher} {count.Stream.Word()}: {count.Items} items"));
        }
        if (lines.Count == 0) return ControlReply.Done("Nothing is in quarantine.");
        foreach (var q in store.ReadQuarantine(limit, request.Argument("publisher"), stream)) lines.Add($"  {QuarantinedText.Name(q)}  {UtcMicros.Format(q.AtMicros)}  {q.Reason}");
        return ControlReply.Done([.. lines]);
    }

    private ControlReply Show(ControlRequest request, RecordStream? stream, long? id)
    {
        if (id is null) return ControlReply.Refused("show: name the item by publisher, stream and id, as 'quarantine list' shows them.");
        var found = store.ReadQuarantine(1, request.Argument("publisher"), stream, id);
        return found is [var q] ? ControlReply.Done([.. item.Of(q)]) : NotThere(request, stream, id);
    }

    private async Task<ControlReply> ReplayAsync(ControlRequest request, RecordStream? stream, long? id, CancellationToken cancellationToken)
    {
        var running = publishers();
        if (request.Argument("publisher") is not { } name || running.FirstOrDefault(p => p.Health.Name == name) is not { } loop)
        {
            return ControlReply.Refused($"There is no publisher '{request.Argument("publisher")}'{Spelling.Ending(request.Argument("publisher") ?? "", [.. running.Select(p => p.Health.Name)])}");
        }
        var items = store.ReadQuarantine(Most, name, stream, id);
        if (items.Count == 0) return NotThere(request, stream, id);
        if (!loop.Replay(items)) return ControlReply.Refused($"{name} is sending something again already; wait until the log says that it is done.");
        await AuditAsync("quarantine_replay", request, stream, id, items.Count, cancellationToken);
        return ControlReply.Done(string.Create(CultureInfo.InvariantCulture, $"{name}: {items.Count} items are sent once more, {RepublishOrder.UsualRate} a second at most. What the target takes leaves the quarantine, what it refuses again stays with the new reason. The log says when it is done."));
    }

    private async Task<ControlReply> DropAsync(ControlRequest request, RecordStream? stream, long? id, CancellationToken cancellationToken)
    {
        if (request.Argument("publisher") is not { } name) return ControlReply.Refused("drop: name the publisher.");
        if (id is null && request.Argument("all") != "true") return ControlReply.Refused("drop: name one item by its stream and id, or write --all.");
        var items = store.ReadQuarantine(Most, name, stream, id);
        if (items.Count == 0) return NotThere(request, stream, id);
        await AuditAsync("quarantine_drop", request, stream, id, items.Count, cancellationToken);
        foreach (var q in items) store.ReleaseQuarantine(q.Publisher, q.Stream, q.Id);
        await store.FlushAsync(cancellationToken);
        var more = items.Count == Most ? "; there may be more: ask again" : "";
        return ControlReply.Done(string.Create(CultureInfo.InvariantCulture, $"{name}: {items.Count} items dropped{more}. The target never had them; the records themselves stay in the log, and 'republish' sends their stretch again."));
    }

    private Task<long> AuditAsync(string verb, ControlRequest request, RecordStream? stream, long? id, int items, CancellationToken cancellationToken) => say(new OperatorWord(verb, request.Argument("publisher")!, UtcMicros.From(time.GetUtcNow()), request.By,
        [new("stream", stream is { } s ? s.Word() : "all"), new("id", id?.ToString(CultureInfo.InvariantCulture) ?? "all"), new("items", items.ToString(CultureInfo.InvariantCulture))]), cancellationToken);

    private static ControlReply NotThere(ControlRequest request, RecordStream? stream, long? id)
    {
        var (of, item) = (stream is { } s ? s.Word() : "any stream", id is { } n ? "item " + n.ToString(CultureInfo.InvariantCulture) : "any item");
        return ControlReply.Refused($"Nothing like that is in quarantine: {request.Argument("publisher") ?? "any publisher"}, {of}, {item}. 'quarantine list' shows what is.");
    }

    private static bool IsAsked(string publisher, RecordStream stream, string? askedPublisher, RecordStream? askedStream) => (askedPublisher ?? publisher) == publisher && (askedStream ?? stream) == stream;

    private static bool TryStream(string? word, out RecordStream? stream)
    {
        stream = word is null ? null : RecordStreams.Parse(word);
        return word is null || stream is not null;
    }

    private static Task<ControlReply> Refused(string line) => Task.FromResult(ControlReply.Refused(line));
}
