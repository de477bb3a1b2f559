using System.Net;
using System.Net.Http.Json;
using EdgeGateway.Peers;
using EdgeGateway.Tests.Processes;

namespace EdgeGateway.Dashboard.Tests;

/// <summary>The gateway on an address that others reach: TLS, login, tokens, and its refusal to start without them.</summary>
public sealed class LoginTests : IDisposable
{
    private const string Secret = LockedBox.Secret;
    private readonly LockedBox _box = new();

    public void Dispose() => _box.Dispose();

    [Fact]
    public async Task Beyond_loopback_it_does_not_start_without_a_user()
    {
        var (exit, output) = await GatewayProcess.RunAsync("run", await _box.MapAsync());
        Assert.Equal(1, exit);
        Assert.Contains("nobody may log in: add a user with 'edgegateway users add NAME", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_asks_for_the_login_in_a_real_browser()
    {
        var map = await _box.MapAsync();
        await _box.AddUserAsync("li");
        await using var gateway = GatewayProcess.Start(["run", map]);
        await gateway.SaysAsync("The page is at", TimeSpan.FromMinutes(3));
        await BrowserScript.RunAsync("login.js", [LockedBox.PageOf(gateway).ToString(), "li", Secret], TimeSpan.FromMinutes(4));
    }

    [Fact]
    public async Task Whoever_logs_in_gets_in_and_nobody_else()
    {
        var map = await _box.MapAsync();
        await _box.AddUserAsync("li");
        await using var gateway = GatewayProcess.Start(["run", map]);
        await gateway.SaysAsync("The page is at", TimeSpan.FromMinutes(3));
        var page = LockedBox.PageOf(gateway);
        using var client = LockedBox.Client(out var cookies);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, page, "/api/v1/overview"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, page, "/metrics"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, page, "/api/v1/stream"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, page, "/healthz"));
        Assert.Equal(HttpStatusCode.Unauthorized, await LoginAsync(client, page, "li", "a wrong password"));
        Assert.Equal(HttpStatusCode.Unauthorized, await LoginAsync(client, page, "nobody", Secret));
        Assert.Equal(HttpStatusCode.Forbidden, await LoginAsync(client, page, "li", Secret, "https://evil.example"));
        Assert.Equal(HttpStatusCode.NoContent, await LoginAsync(client, page, "li", Secret));

        using (var wrong = await client.PostAsync(new Uri(page, "/api/v1/login"), new StringContent("{}"), TestContext.Current.CancellationToken)) Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using (var huge = await client.PostAsync(new Uri(page, "/api/v1/login"), new StringContent(new string('x', 100_000)), TestContext.Current.CancellationToken)) Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);

        var cookie = Assert.Single(cookies.GetCookies(page).Cast<Cookie>());
        Assert.True(cookie.HttpOnly && cookie.Secure);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, page, "/api/v1/overview"));
        using (var secure = await client.GetAsync(new Uri(page, "/"), TestContext.Current.CancellationToken)) Assert.Contains("max-age", string.Join(' ', secure.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
        var csrf = await CsrfAsync(client, page);
        Assert.Equal(HttpStatusCode.Forbidden, await LogoutAsync(client, page, csrf[..^1] + (csrf[^1] == '0' ? '1' : '0')));
        Assert.Equal(HttpStatusCode.Forbidden, await LogoutAsync(client, page, csrf, "https://evil.example"));
        using (var unmarked = await client.PostAsync(new Uri(page, "/api/v1/logout"), null, TestContext.Current.CancellationToken)) Assert.Equal(HttpStatusCode.Forbidden, unmarked.StatusCode);

        var (_, token) = await GatewayProcess.RunAsync("users", "token", "prometheus", "--file", _box.UsersFile);
        using var machine = LockedBox.Client(out _);
        machine.DefaultRequestHeaders.Authorization = new("Bearer", token.Trim());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(machine, page, "/metrics"));
        await GatewayProcess.RunAsync("users", "remove", "prometheus", "--file", _box.UsersFile);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(machine, page, "/metrics"));
        await GatewayProcess.RunAsync("users", "remove", "li", "--file", _box.UsersFile);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, page, "/api/v1/overview"));

        // Six failures by now, or soon: the next attempts wait.
        for (var i = 0; i < 6; i++) await LoginAsync(client, page, "li", "guess number " + i);
        Assert.Equal(HttpStatusCode.TooManyRequests, await LoginAsync(client, page, "li", Secret));
        gateway.Signal("TERM");
        await gateway.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Secret, gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Trim(), gateway.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, await File.ReadAllTextAsync(_box.UsersFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, Uri page, string path)
    {
        using var response = await client.GetAsync(new Uri(page, path), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<string> CsrfAsync(HttpClient client, Uri page)
    {
        var session = System.Text.Json.JsonDocument.Parse(await client.GetStringAsync(new Uri(page, "/api/v1/session"), TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("viewer", session.GetProperty("role").GetString());
        return session.GetProperty("csrf").GetString()!;
    }

    private static async Task<HttpStatusCode> LogoutAsync(HttpClient client, Uri page, string csrf, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(page, "/api/v1/logout")) { Headers = { { "x-csrf", csrf } } };
        if (origin is not null) request.Headers.Add("Origin", origin);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> LoginAsync(HttpClient client, Uri page, string user, string password, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(page, "/api/v1/login")) { Content = JsonContent.Create(new Dictionary<string, string> { ["user"] = user, ["password"] = password }) };
        if (origin is not null) request.Headers.Add("Origin", origin);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
