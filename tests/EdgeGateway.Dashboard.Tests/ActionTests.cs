using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EdgeGateway.Peers;
using EdgeGateway.Tests.Processes;

namespace EdgeGateway.Dashboard.Tests;

/// <summary>What viewer, operator and admin may have done from the page: by role, with the CSRF token or a machine's token, and kept in the audit under their name.</summary>
public sealed class ActionTests : IDisposable
{
    private readonly LockedBox _box = new();

    public void Dispose() => _box.Dispose();

    [Fact]
    public async Task Roles_do_what_they_may_and_nothing_else_in_a_real_browser()
    {
        await using var broker = await RefusingBrokerAsync();
        await using var meter = await Meter.StartAsync(_box.Folder);
        await using var gateway = await StartAsync(broker, meter);
        await BrowserScript.RunAsync("roles.js", [LockedBox.PageOf(gateway).ToString(), LockedBox.Secret], TimeSpan.FromMinutes(6));
    }

    [Fact]
    public async Task Each_action_asks_for_its_role_and_for_a_page_that_is_logged_in()
    {
        await using var broker = await RefusingBrokerAsync();
        await using var meter = await Meter.StartAsync(_box.Folder);
        await using var gateway = await StartAsync(broker, meter);
        var page = LockedBox.PageOf(gateway);
        using var stranger = LockedBox.Client(out _);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ActAsync(stranger, page, "replace", [])).Status);

        using var viewer = await LogInAsync(page, "vera");
        foreach (var action in new[] { "replace", "clock_trust", "quarantine_replay", "quarantine_drop", "reload" })
        {
            var (status, text) = await ActAsync(viewer, page, action, []);
            Assert.Equal(HttpStatusCode.Forbidden, status);
            Assert.Contains("vera is viewer", text, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(viewer, page, "/api/v1/users"));

        using var operators = await LogInAsync(page, "otto");
        Assert.Contains("for admin and above", (await ActAsync(operators, page, "quarantine_drop", new() { ["publisher"] = "platform", ["all"] = "true" })).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await ActAsync(operators, page, "reload", [])).Status);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(operators, page, "/api/v1/users"));
        var replace = new Dictionary<string, string> { ["point"] = "meter.energy", ["initial"] = "0" };
        // A foreign page has the cookie sent along, and neither its own origin nor the token.
        Assert.Equal(HttpStatusCode.Forbidden, (await ActAsync(operators, page, "replace", replace, origin: "https://evil.example")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ActAsync(operators, page, "replace", replace, csrf: "")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ActAsync(operators, page, "replace", replace, csrf: new string('0', 64))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ActAsync(operators, page, "replace", new() { ["verb"] = "drop" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ActAsync(operators, page, "quarantine_replay", new() { ["publisher"] = "platform", ["verb"] = "drop" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ActAsync(operators, page, "replace", new() { ["point"] = "a\nb" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ActAsync(operators, page, "write", new() { ["point"] = "meter.power", ["value"] = "1" })).Status);
        var (refused, why) = await ActAsync(operators, page, "replace", new() { ["point"] = "meter.power" });
        Assert.Equal(HttpStatusCode.Conflict, refused);
        Assert.Contains("There is no counter 'meter.power'", why, StringComparison.Ordinal);
        Assert.DoesNotContain(await AuditAsync(operators, page), e => Detail(e, "verb") != "plan");
        var (done, told) = await ActAsync(operators, page, "replace", replace);
        Assert.True(done == HttpStatusCode.OK, told);
        await Until.TrueAsync(async () => (await AuditAsync(operators, page)).Any(e => Detail(e, "verb") == "replace" && Detail(e, "by") == "otto (operator, page)" && e.GetProperty("subject").GetString() == "meter.energy"), "the audit's entry", TimeSpan.FromMinutes(1));

        using var admin = await LogInAsync(page, "ada");
        var users = (await JsonAsync(admin, page, "/api/v1/users")).GetProperty("users").EnumerateArray().Select(u => $"{u.GetProperty("name").GetString()} {u.GetProperty("role").GetString()} {u.GetProperty("kind").GetString()}").ToArray();
        Assert.Equal(["vera viewer user", "otto operator user", "ada admin user"], users);
        Assert.Equal(HttpStatusCode.OK, (await ActAsync(admin, page, "reload", new() { ["dry_run"] = "true" })).Status);
        await Until.TrueAsync(async () => (await JsonAsync(admin, page, "/api/v1/devices")).GetProperty("quarantine").GetArrayLength() > 0, "something in quarantine", TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await ActAsync(admin, page, "quarantine_drop", new() { ["publisher"] = "platform", ["all"] = "true" })).Status);

        // A machine's token is sent on purpose and needs no CSRF token; its role counts.
        using var machine = LockedBox.Client(out _);
        machine.DefaultRequestHeaders.Authorization = new("Bearer", (await GatewayProcess.RunAsync("users", "token", "line-terminal", "--role", "operator", "--file", _box.UsersFile)).Output.Trim());
        Assert.Equal(HttpStatusCode.OK, (await ActAsync(machine, page, "clock_trust", [])).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ActAsync(machine, page, "reload", [])).Status);
        await Until.TrueAsync(async () => (await AuditAsync(admin, page)).Any(e => Detail(e, "by") == "line-terminal (operator, page)"), "the machine's entry", TimeSpan.FromMinutes(1));
        Assert.Contains("vera (Viewer) asked for /api/v1/actions/replace, which takes another role", gateway.Output, StringComparison.Ordinal);
        Assert.Contains("otto (operator, page) asked for replace from", gateway.Output, StringComparison.Ordinal);
    }

    private static Task<Mosquitto> RefusingBrokerAsync() => Mosquitto.StartAsync(new MosquittoOptions { Username = "gw", Password = "secret", Writable = ["edgegateway/locked/status", "peers/#"] });

    private async Task<PeerProcess> StartAsync(Mosquitto broker, Meter meter)
    {
        var map = await _box.MapAsync(string.Create(CultureInfo.InvariantCulture, $"publish: {{platform: {{mqtt: {{url: \"mqtt://127.0.0.1:{broker.Port}\", username: gw, password: \"${{env:BROKER_PASSWORD}}\", streams: [events], start: oldest}}}}}}"), meter.Port);
        foreach (var (name, role) in new[] { ("vera", "viewer"), ("otto", "operator"), ("ada", "admin") }) await _box.AddUserAsync(name, role);
        var gateway = GatewayProcess.Start(["run", map], new Dictionary<string, string> { ["BROKER_PASSWORD"] = "secret" });
        await gateway.SaysAsync("The page is at", TimeSpan.FromMinutes(3));
        // A register that was never read has no total that could go on.
        using var viewer = await LogInAsync(LockedBox.PageOf(gateway), "vera");
        await Until.TrueAsync(async () => (await JsonAsync(viewer, LockedBox.PageOf(gateway), "/api/v1/devices")).GetProperty("connections")[0].GetProperty("devices")[0].GetProperty("points")[1].GetProperty("quality").GetString() == "good", "the meter to be read", TimeSpan.FromMinutes(1));
        return gateway;
    }

    private static async Task<HttpClient> LogInAsync(Uri page, string name)
    {
        var client = LockedBox.Client(out _);
        using var response = await client.PostAsJsonAsync(new Uri(page, "/api/v1/login"), new Dictionary<string, string> { ["user"] = name, ["password"] = LockedBox.Secret }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        client.DefaultRequestHeaders.Add("x-csrf", (await JsonAsync(client, page, "/api/v1/session")).GetProperty("csrf").GetString());
        return client;
    }

    private static async Task<(HttpStatusCode Status, string Text)> ActAsync(HttpClient client, Uri page, string action, Dictionary<string, string> arguments, string? csrf = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(page, "/api/v1/actions/" + action)) { Content = JsonContent.Create(arguments) };
        if (csrf is not null) request.Headers.Add("x-csrf", csrf);
        if (origin is not null) request.Headers.Add("Origin", origin);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, response.StatusCode == HttpStatusCode.OK ? text : JsonDocument.Parse(text).RootElement.GetProperty("error").GetString()!);
    }

    private static async Task<JsonElement[]> AuditAsync(HttpClient client, Uri page) => [.. (await JsonAsync(client, page, "/api/v1/events?kind=operator")).GetProperty("events").EnumerateArray()];

    private static string? Detail(JsonElement entry, string name) => entry.GetProperty("details").TryGetProperty(name, out var value) ? value.GetString() : null;

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, Uri page, string path)
    {
        using var response = await client.GetAsync(new Uri(page, path), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<JsonElement> JsonAsync(HttpClient client, Uri page, string path) => JsonDocument.Parse(await client.GetStringAsync(new Uri(page, path), TestContext.Current.CancellationToken)).RootElement;
}
