using System.Text.Json;

namespace Chaos.Tests.Judging;

/// <summary>A counter's sample as it arrived: raw register steps at an instant of the gateway's time, UTC microseconds.</summary>
internal sealed record ArrivedSample(string Point, long Time, long Steps)
{
    public static IEnumerable<ArrivedSample> Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        var device = document.RootElement.GetProperty("device").GetString();
        foreach (var sample in document.RootElement.GetProperty("samples").EnumerateArray())
        {
            if (!sample.TryGetProperty("n", out var steps) || sample.GetProperty("q").GetString() != "good") continue;
            yield return new ArrivedSample($"{device}.{sample.GetProperty("point").GetString()}", (sample.GetProperty("t").GetDateTimeOffset() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, steps.GetInt64());
        }
    }
}
