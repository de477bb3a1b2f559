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
            await SaysOrEndsAsync(node, "lost?");
            gateway.Kill();
            await node.Input.WriteLineAsync(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
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

    private static Task SaysOrEndsAsync(PeerProcess node, string word) => Until.TrueAsync(() => node.HasExited ? throw new InvalidOperationException(node.Output) : node.Lines.Contains(word), word, TimeSpan.FromMinutes(3));
}
