using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeGateway.FirmwareSim.Ledgers;
using EdgeGateway.FirmwareSim.Plants;
using EdgeGateway.FirmwareSim.Profiles;
using EdgeGateway.Peers;
using EdgeGateway.Tests.Processes;

namespace EdgeGateway.Dashboard.Tests;

/// <summary>One demo for all tests of the project: the whole gateway with its page on a free port.</summary>
public sealed partial class RunningDemo : IAsyncLifetime
{
    private PeerProcess? _process;

    public Uri Page { get; private set; } = new("http://127.0.0.1");

    /// <summary>What truly happened in the demo's plant: it follows from its seed and its beginning.</summary>
    public Ledger Truth { get; private set; } = null!;

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };

    public async ValueTask InitializeAsync()
    {
        _process = GatewayProcess.Start(["demo", "--page", "0", "--verbose"]);
        await _process.SaysAsync("The page: http", TimeSpan.FromMinutes(3));
        var began = Began().Match(_process.Output);
        Truth = new Plant(PlantProfile.Demo, ulong.Parse(began.Groups[2].Value, CultureInfo.InvariantCulture), DateTimeOffset.UnixEpoch.AddTicks(long.Parse(began.Groups[1].Value, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond)).Ledger;
        Page = new Uri(Address().Match(_process.Output).Groups[1].Value);
        await Until.TrueAsync(async () => (await JsonAsync("/api/v1/events")).GetProperty("events").GetArrayLength() > 0 && await HasRecordsAsync(), "the first window records", TimeSpan.FromMinutes(3));
    }

    /// <summary>Waits until line 1 has made pieces and a window says so.</summary>
    public Task HasFiguresAsync() => Until.TrueAsync(async () =>
        (await JsonAsync("/api/v1/history?unit=line-1&kind=5s")).GetProperty("figures").TryGetProperty("kgce_per_good", out var column) && column.EnumerateArray().Any(v => v.ValueKind == JsonValueKind.String), "a window with good pieces", TimeSpan.FromMinutes(3));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_process is not null) await _process.DisposeAsync();
    }

    public async Task<JsonElement> JsonAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(Page, path), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<bool> HasRecordsAsync() => (await JsonAsync("/api/v1/history?unit=line-1&kind=5s")).GetProperty("kwh").GetArrayLength() > 1;

    [GeneratedRegex(@"The plant began at (\d+) .* with seed (\d+)")]
    private static partial Regex Began();

    [GeneratedRegex(@"The page: (http\S+)")]
    private static partial Regex Address();
}

[CollectionDefinition(nameof(RunningDemo))]
public sealed class RunningDemoGroup : ICollectionFixture<RunningDemo>;
