using System.Net;
using System.Text.Json;
using EdgeGateway.DeviceMaps.Plant;

namespace EdgeGateway.Diagnosis;

/// <summary>Asks the running gateway over its own page, where that is open to this machine.</summary>
internal static class RunningPage
{
    private static readonly string[] Paths = ["/readyz", "/metrics", "/api/v1/gateway", "/api/v1/devices", "/api/v1/overview", "/api/v1/events"];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Every answer by its path; empty where nobody answers or a login is needed.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> AskAsync(DashboardMap page, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<string, string>();
        if (page.Listen is not { Port: > 0 } listen || !IPAddress.IsLoopback(listen.Address) || page.Certificate is not null) return answers;
        using var client = new HttpClient { BaseAddress = new Uri($"http://{listen}"), Timeout = Limit };
        try
        {
            foreach (var path in Paths)
            {
                using var response = await client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
                answers.Add(path, await response.Content.ReadAsStringAsync(cancellationToken));
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
        }
        return answers;
    }

    /// <summary>What the gateway itself says is wrong.</summary>
    public static IEnumerable<Finding> Findings(IReadOnlyDictionary<string, string> answers)
    {
        if (!answers.TryGetValue("/readyz", out var text))
        {
            return [new(Verdict.Note, "gateway", "no running gateway answers on this machine; what it would say is missing here.")];
        }
        try
        {
            using var health = JsonDocument.Parse(text);
            var reasons = health.RootElement.GetProperty("reasons").EnumerateArray()
                .Select(r => new Finding(r.GetProperty("severity").GetString() == "note" ? Verdict.Note : Verdict.Fault, "gateway", r.GetProperty("text").GetString() ?? "")).ToArray();
            return reasons.Length > 0 ? reasons : [new(Verdict.Well, "gateway", "runs, and says all is well.")];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return [new(Verdict.Note, "gateway", "another program answers on the page's port.")];
        }
    }
}
