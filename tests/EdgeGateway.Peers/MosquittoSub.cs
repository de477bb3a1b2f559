using System.Text.Json;

namespace EdgeGateway.Peers;

/// <summary>A message as mosquitto_sub received it.</summary>
public sealed record MqttMessage(string Topic, string Payload, int Qos, bool Retained, string? ContentType, IReadOnlyDictionary<string, string> UserProperties, long? Expiry = null);

/// <summary>Collects what mosquitto_sub receives. Not thread-safe.</summary>
public sealed class MosquittoSub : IAsyncDisposable
{
    private readonly PeerProcess _process;
    private readonly string _marker;
    private readonly List<MqttMessage> _messages = [];
    private int _lines;
    private bool _live;

    private MosquittoSub(PeerProcess process, string marker)
    {
        _process = process;
        _marker = marker;
    }

    /// <summary>Everything received so far, in order.</summary>
    public IReadOnlyList<MqttMessage> Messages
    {
        get
        {
            foreach (var line in _process.Lines.Skip(_lines))
            {
                _lines++;
                var message = Read(line);
                if (message.Topic == _marker) _live = true;
                else _messages.Add(message);
            }
            return _messages;
        }
    }

    /// <summary>Waits for so many messages whose topic begins so, and returns all of them.</summary>
    public async Task<IReadOnlyList<MqttMessage>> ReceivedAsync(int count, string topic = "", TimeSpan? limit = null)
    {
        await Until.TrueAsync(() => On(topic).Count >= count || Ended(), $"{count} messages on {topic}", limit);
        return On(topic);
    }

    /// <summary>Messages whose topic begins so.</summary>
    public IReadOnlyList<MqttMessage> On(string topic) => [.. Messages.Where(m => m.Topic.StartsWith(topic, StringComparison.Ordinal))];

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    internal static async Task<MosquittoSub> StartAsync(IEnumerable<string> arguments, string marker)
    {
        var sub = new MosquittoSub(PeerProcess.Start("mosquitto_sub", arguments), marker);
        await Until.TrueAsync(() => sub.Messages.Count >= 0 && (sub._live || sub.Ended()), "the subscription to be live");
        return sub;
    }

    private bool Ended() => _process.HasExited ? throw new InvalidOperationException("mosquitto_sub ended: " + _process.Output) : false;

    private static MqttMessage Read(string line)
    {
        if (!line.StartsWith('{')) throw new InvalidOperationException("mosquitto_sub: " + line);
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        var properties = root.TryGetProperty("properties", out var p) ? p : default;
        var user = new Dictionary<string, string>();
        string? type = null;
        long? expiry = null;
        if (properties.ValueKind == JsonValueKind.Object)
        {
            if (properties.TryGetProperty("content-type", out var t)) type = t.GetString();
            if (properties.TryGetProperty("message-expiry-interval", out var e)) expiry = e.GetInt64();
            if (properties.TryGetProperty("user-properties", out var u))
            {
                foreach (var property in u.EnumerateObject()) user[property.Name] = property.Value.GetString() ?? "";
            }
        }
        return new MqttMessage(root.GetProperty("topic").GetString()!, root.GetProperty("payload").GetString()!, root.GetProperty("qos").GetInt32(),
            root.GetProperty("retain").GetInt32() != 0, type, user, expiry);
    }
}
