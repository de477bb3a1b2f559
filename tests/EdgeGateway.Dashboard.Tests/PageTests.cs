using System.Globalization;
using EdgeGateway.Peers;
using EdgeGateway.Tests.Processes;

namespace EdgeGateway.Dashboard.Tests;

/// <summary>The page in a real Chromium over the running demo.</summary>
[Collection(nameof(RunningDemo))]
public class PageTests(RunningDemo demo)
{
    [Fact]
    public Task Every_page_in_both_languages_on_phone_desk_and_wall() => BrowserScript.RunAsync("pages.js", [demo.Page.ToString()], TimeSpan.FromMinutes(8));

    [Fact]
    public Task What_happened_is_said_in_words_that_are_true() => BrowserScript.RunAsync("events.js", [demo.Page.ToString()], TimeSpan.FromMinutes(4));

    [Fact]
    public async Task A_figure_on_the_page_is_what_truly_happened_in_the_plant()
    {
        await demo.HasFiguresAsync();
        var history = await demo.JsonAsync("/api/v1/history?unit=line-1&kind=5s");
        var exact = Enumerable.Range(0, history.GetProperty("start_s").GetArrayLength()).Where(i => history.GetProperty("basis")[i].GetString() == "exact").ToArray();
        Assert.NotEmpty(exact);
        var shown = new List<string>();
        foreach (var i in exact.TakeLast(3))
        {
            var start = history.GetProperty("start_s")[i].GetInt64() * 1_000_000;
            var iso = DateTimeOffset.UnixEpoch.AddTicks(start * 10).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            var energy = (await demo.JsonAsync($"/api/v1/record?unit=line-1&kind=5s&start={iso}")).GetProperty("sums").GetProperty("carriers").GetProperty("electricity");
            decimal Number(string name) => decimal.Parse(energy.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
            var truth = (decimal)demo.Truth.EnergyOf("line-1", start, start + 5_000_000).KilowattHours;
            Assert.True(Math.Abs(Number("value") - truth) <= Number("bound"), $"{iso}: stated {energy}, truly {truth}");
            shown.AddRange([$"#/provenance?unit=line-1&kind=5s&start={iso}&id=", energy.GetProperty("value").GetString()!]);
        }
        await BrowserScript.RunAsync("figure.js", [demo.Page.ToString(), .. shown], TimeSpan.FromMinutes(4));
    }

    [Fact]
    public async Task Its_source_has_no_type_errors()
    {
        await using var compiler = PeerProcess.Start("npx", ["--no-install", "tsc", "--noEmit"], directory: Path.Combine(EdgeGateway.Tests.Repository.Root, "src/EdgeGateway.Dashboard/ui"));
        await compiler.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
        Assert.True(compiler.ExitCode == 0, compiler.Output);
    }

    [Fact]
    public async Task It_is_small_enough_for_a_slow_line()
    {
        var sum = 0L;
        var html = await demo.Client.GetStringAsync(new Uri(demo.Page, "/"), TestContext.Current.CancellationToken);
        var files = System.Text.RegularExpressions.Regex.Matches(html, "(?:src|href)=\"(/[^\"]+\\.(?:js|css|svg))\"").Select(m => m.Groups[1].Value).Append("/").ToArray();
        Assert.Contains(files, f => f.EndsWith(".js", StringComparison.Ordinal));
        foreach (var file in files)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(demo.Page, file)) { Headers = { { "Accept-Encoding", "br" } } };
            using var response = await demo.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal("br", string.Join(' ', response.Content.Headers.ContentEncoding));
            sum += (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;
        }
        Assert.InRange(sum, 10_000, 150_000);
    }

    [Fact]
    public async Task A_restart_of_the_gateway_is_said_at_once_and_healed_by_itself()
    {
        var port = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        var gateway = GatewayProcess.Start(["demo", "--page", port]);
        try
        {
            await gateway.SaysAsync("The page: http", TimeSpan.FromMinutes(3));
            await using var node = BrowserScript.Start("reconnect.js", [$"http://127.0.0.1:{port}/"]);
            for (var asked = 1; await NextAsync(node, "silent?", "lost?", asked); asked++)
            {
                gateway.Signal("STOP");
                await node.Input.WriteLineAsync(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
                await Until.TrueAsync(() => node.HasExited || node.Lines.Count("speak!".Equals) == asked, "speak!", TimeSpan.FromMinutes(3));
                gateway.Signal("CONT");
                await node.Input.WriteLineAsync("speaks");
            }
            gateway.Kill();
            await node.Input.WriteLineAsync("ended");
            await SaysOrEndsAsync(node, "back?");
            await gateway.DisposeAsync();
            gateway = GatewayProcess.Start(["demo", "--page", port]);
            await gateway.SaysAsync("The page: http", TimeSpan.FromMinutes(3));
            await node.Input.WriteLineAsync("back");
            await BrowserScript.JudgeAsync(node, TimeSpan.FromMinutes(4));
        }
        finally
        {
            await gateway.DisposeAsync();
        }
    }

    /// <summary>True where the script says <paramref name="word"/> for the <paramref name="times"/>th time, false where it says <paramref name="other"/> instead.</summary>
    private static async Task<bool> NextAsync(PeerProcess node, string word, string other, int times)
    {
        await Until.TrueAsync(() => node.HasExited ? throw new InvalidOperationException(node.Output) : node.Lines.Count(word.Equals) == times || node.Lines.Contains(other), $"{word} or {other}", TimeSpan.FromMinutes(3));
        return !node.Lines.Contains(other);
    }

    private static Task SaysOrEndsAsync(PeerProcess node, string word) => Until.TrueAsync(() => node.HasExited ? throw new InvalidOperationException(node.Output) : node.Lines.Contains(word), word, TimeSpan.FromMinutes(3));
}
