using System.Text;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Mqtt.Topics;

/// <summary>The topics of one gateway. Whatever a name holds, what comes out is a valid topic to publish to (MQTT 5 §4.7, §1.5.4).</summary>
internal sealed class TopicNames
{
    private const int MaxBytes = 65_535;
    private readonly string _base;
    private readonly Dictionary<(string Unit, WindowKind Kind), string> _records = [];
    private readonly Dictionary<string, string> _telemetry = [];

    public TopicNames(string root, string gatewayId)
    {
        _base = root + "/" + Level(gatewayId);
        Events = _base + "/events";
        Status = _base + "/status";
    }

    /// <summary><c>root/gateway/events</c>.</summary>
    public string Events { get; }

    /// <summary><c>root/gateway/status</c>, retained.</summary>
    public string Status { get; }

    /// <summary><c>root/gateway/records/unit/kind</c>.</summary>
    public string Record(string unit, WindowKind kind)
    {
        if (_records.TryGetValue((unit, kind), out var topic)) return topic;
        topic = $"{_base}/records/{Level(unit)}/{kind.Name}";
        _records.Add((unit, kind), topic);
        return topic;
    }

    /// <summary><c>root/gateway/telemetry/device</c>.</summary>
    public string Telemetry(string device)
    {
        if (_telemetry.TryGetValue(device, out var topic)) return topic;
        topic = $"{_base}/telemetry/{Level(device)}";
        _telemetry.Add(device, topic);
        return topic;
    }

    /// <summary>What is wrong with a root, or null.</summary>
    public static string? WrongRoot(string root)
    {
        if (root.Length == 0) return "must not be empty.";
        if (root.StartsWith('$')) return "topics that begin with $ belong to the broker.";
        if (root.AsSpan().IndexOfAny('+', '#') >= 0) return "+ and # are wildcards and cannot stand in a topic to publish to.";
        if (root.Split('/').Any(l => l.Length == 0)) return "an empty level (a slash at the begin or end, or two in a row) is not allowed.";
        if (Level(root.Replace('/', '-')) != root.Replace('/', '-')) return "a control character or a broken character stands in it.";
        return Encoding.UTF8.GetByteCount(root) > 1024 ? "is longer than 1024 bytes." : null;
    }

    /// <summary>One level: what cannot stand in it becomes <c>_</c>. Maps refuse such names; this is the second lock.</summary>
    private static string Level(string name)
    {
        var level = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            var refused = rune.Value is '+' or '#' or '/' or 0xFFFD || Rune.IsControl(rune) || (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;
            if (refused) level.Append('_');
            else level.Append(rune.ToString());
            if (level.Length > MaxBytes / 16) break;
        }
        return level.Length == 0 ? "_" : level.ToString();
    }
}
