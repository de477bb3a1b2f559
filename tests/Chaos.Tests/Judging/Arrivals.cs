using EdgeGateway.Peers;

namespace Chaos.Tests.Judging;

/// <summary>Everything that arrived, reduced by key and revision. Not thread-safe.</summary>
internal sealed class Arrivals
{
    private readonly Dictionary<(WindowName, (long, long)), ArrivedRecord> _all = [];
    private readonly Dictionary<WindowName, ArrivedRecord> _newest = [];
    private readonly Dictionary<long, string> _events = [];
    private readonly Dictionary<(string, long), ArrivedSample> _samples = [];
    private int _taken;

    /// <summary>Every revision of every key, once.</summary>
    public IReadOnlyCollection<ArrivedRecord> All => _all.Values;

    public IReadOnlyDictionary<WindowName, ArrivedRecord> Newest => _newest;

    /// <summary>Messages that said again what had arrived already.</summary>
    public int Repeats { get; private set; }

    public int Events => _events.Count;

    /// <summary>Samples of counters, by point and time once.</summary>
    public IReadOnlyCollection<ArrivedSample> Samples => _samples.Values;

    /// <summary>What cannot be true of any delivery, in order or not, once or often.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Takes what is new in a list that only grows.</summary>
    public void Take(IReadOnlyList<MqttMessage> messages)
    {
        for (; _taken < messages.Count; _taken++)
        {
            var message = messages[_taken];
            if (message.Topic.Contains("/records/", StringComparison.Ordinal)) TakeRecord(message.Payload);
            else if (message.Topic.EndsWith("/events", StringComparison.Ordinal)) TakeEvent(message.Payload);
            else if (message.Topic.Contains("/telemetry/", StringComparison.Ordinal)) TakeSamples(message.Payload);
        }
    }

    /// <summary>The newest records of a unit's windows of one kind, by start.</summary>
    public IReadOnlyList<ArrivedRecord> Series(string unit, string kind) => [.. _newest.Values.Where(r => r.Name.Unit == unit && r.Name.Kind == kind).OrderBy(r => r.Start)];

    private void TakeRecord(string text)
    {
        var record = ArrivedRecord.Read(text);
        if (_all.TryGetValue((record.Name, record.Revision), out var known))
        {
            Repeats++;
            if (known.Text != text) Complaints.Add($"wrong: two statements under one revision\n  {known.Text}\n  {text}");
            return;
        }
        _all[(record.Name, record.Revision)] = record;
        if (!_newest.TryGetValue(record.Name, out var newest) || record.Revision.CompareTo(newest.Revision) > 0) _newest[record.Name] = record;
    }

    private void TakeSamples(string text)
    {
        foreach (var sample in ArrivedSample.Read(text))
        {
            if (!_samples.TryAdd((sample.Point, sample.Time), sample) && _samples[(sample.Point, sample.Time)] != sample) Complaints.Add($"wrong: two values at one time: {sample} and {_samples[(sample.Point, sample.Time)]}");
        }
    }

    private void TakeEvent(string text)
    {
        using var document = System.Text.Json.JsonDocument.Parse(text);
        var id = document.RootElement.GetProperty("id").GetInt64();
        if (_events.TryAdd(id, text)) return;
        Repeats++;
        if (_events[id] != text) Complaints.Add($"wrong: two events under one id\n  {_events[id]}\n  {text}");
    }
}
