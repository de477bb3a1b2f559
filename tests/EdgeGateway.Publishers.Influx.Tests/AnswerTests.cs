using System.Globalization;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Samples;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGateway.Publishers.Influx.Tests;

/// <summary>Every answer that a database, or a proxy before it, may give.</summary>
public sealed class AnswerTests
{
    private const string V2 = "/api/v2/write?bucket=energy&org=plant&precision=ns", V3 = "/api/v3/write_lp?db=energy&precision=nanosecond&accept_partial=true";

    [Theory]
    [InlineData(401, "{\"code\":\"unauthorized\",\"message\":\"unauthorized access\"}", "does not accept the login: check token (HTTP 401: unauthorized access)")]
    [InlineData(403, "{\"code\":\"forbidden\",\"message\":\"insufficient permissions for write\"}", "no right to write to bucket 'energy': check token and what it is allowed to (HTTP 403: insufficient permissions for write)")]
    [InlineData(404, "{\"code\":\"not found\",\"message\":\"bucket \\\"energy\\\" not found\"}", "no such bucket or org: create it, or correct bucket ('energy'), org ('plant') (HTTP 404: bucket \"energy\" not found)")]
    [InlineData(404, "404 page not found", "no write API of version 2 at '/api/v2/write': check url and version (HTTP 404: 404 page not found)")]
    [InlineData(405, "", "no write API of version 2: check url and version (HTTP 405)")]
    [InlineData(400, "<html>bad request</html>", "gives no reason of a database: check url (HTTP 400: <html>bad request</html>)")]
    public async Task A_refusal_at_the_start_is_one_message_that_names_the_setting(int status, string body, string words)
    {
        await using var server = new ScriptedDatabase(V2, "Token s3cret", _ => new Scripted(status, body)).WithStatus();
        await using var publisher = Second(server);
        var fault = await Assert.ThrowsAsync<PublisherException>(() => publisher.ConnectAsync(TestContext.Current.CancellationToken));
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith(server.Url + ": ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "{\"error\":\"the request was not authenticated\"}", "does not accept the login: check token (HTTP 401: the request was not authenticated)")]
    [InlineData(403, "{\"error\":\"access denied\"}", "no right to write to database 'energy': check token and what it is allowed to (HTTP 403: access denied)")]
    [InlineData(404, "{\"error\":\"database not found\"}", "there is no such database: create it, or correct database ('energy') (HTTP 404: database not found)")]
    public async Task Version_3_refuses_in_its_own_words(int status, string body, string words)
    {
        await using var server = new ScriptedDatabase(V3, "Bearer s3cret", _ => new Scripted(status, body)).WithStatus();
        await using var publisher = Third(server);
        var fault = await Assert.ThrowsAsync<PublisherException>(() => publisher.ConnectAsync(TestContext.Current.CancellationToken));
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirection_is_not_followed_with_the_login()
    {
        await using var elsewhere = new ScriptedDatabase("/", null, _ => new Scripted(204)).WithStatus();
        await using var server = new ScriptedDatabase(V2, "Token s3cret", _ => new Scripted(307, "", ("Location", elsewhere.Url + "/"))).WithStatus();
        await using var publisher = Second(server);
        var fault = await Assert.ThrowsAsync<PublisherException>(() => publisher.ConnectAsync(TestContext.Current.CancellationToken));
        Assert.Contains($"it points elsewhere ({elsewhere.Url}/): set url to the address itself", fault.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Bodies);
    }

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(503, "date", 90)]
    [InlineData(503, null, 5)]
    [InlineData(503, "999999", 3600)]
    [InlineData(503, "-5", 5)]
    [InlineData(500, "60", 5)]
    public async Task A_busy_database_is_asked_again_when_it_said_with_jitter(int status, string? after, int seconds)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));
        var header = after == "date" ? time.GetUtcNow().AddSeconds(seconds).ToString("R", CultureInfo.InvariantCulture) : after;
        await using var server = new ScriptedDatabase(V2, "Token s3cret", _ => new Scripted(status, "{\"code\":\"unavailable\",\"message\":\"busy\"}", header is null ? [] : [("Retry-After", header)]));
        await using var publisher = Second(server, time);
        await publisher.ConnectAsync(TestContext.Current.CancellationToken);
        var outcomes = await PublishAsync(publisher, Samples(3));
        Assert.All(outcomes, o => Assert.Equal((OutcomeKind.Retry, TimeSpan.FromSeconds(seconds) * 1.25, $"HTTP {status}: busy"), (o.Kind, o.After, o.Reason)));
        Assert.Single(server.Bodies);
    }

    [Fact]
    public async Task Too_large_a_body_is_halved_and_a_point_that_is_too_large_alone_is_set_aside()
    {
        await using var server = new ScriptedDatabase(V2, "Token s3cret", lines => new Scripted(lines.Length > 3 || lines.Any(l => l.Contains("value=5,", StringComparison.Ordinal)) ? 413 : 204));
        await using var publisher = Second(server);
        await publisher.ConnectAsync(TestContext.Current.CancellationToken);
        var outcomes = await PublishAsync(publisher, Samples(10));
        Assert.Equal(OutcomeKind.Rejected, outcomes[5].Kind);
        Assert.Contains("HTTP 413", outcomes[5].Reason, StringComparison.Ordinal);
        Assert.All(outcomes.Where((_, i) => i != 5), o => Assert.Equal(OutcomeKind.Accepted, o.Kind));
    }

    [Fact]
    public async Task Version_2_names_no_lines_so_the_bad_points_are_sought_by_halves()
    {
        var taken = new HashSet<string>();
        await using var server = new ScriptedDatabase(V2, "Token s3cret", lines =>
        {
            var bad = lines.Count(l => l.Contains("value=3,", StringComparison.Ordinal) || l.Contains("value=8,", StringComparison.Ordinal));
            taken.UnionWith(lines);
            return bad == 0 ? new Scripted(204) : new Scripted(422, $"{{\"code\":\"unprocessable entity\",\"message\":\"failure writing points to database: partial write: field type conflict: input field \\\"value\\\" dropped={bad}\"}}");
        });
        await using var publisher = Second(server);
        await publisher.ConnectAsync(TestContext.Current.CancellationToken);
        var outcomes = await PublishAsync(publisher, Samples(16));
        Assert.Equal([3, 8], Enumerable.Range(0, 16).Where(i => outcomes[i].Kind == OutcomeKind.Rejected));
        Assert.Contains("field type conflict", outcomes[3].Reason, StringComparison.Ordinal);
        Assert.True(server.Bodies.Count < 20, "halves, not singles");
        Assert.Equal(16, taken.Count);
    }

    [Fact]
    public async Task A_batch_that_is_refused_whole_is_not_sought_through()
    {
        await using var server = new ScriptedDatabase(V2, "Token s3cret", lines => new Scripted(422, $"{{\"code\":\"unprocessable entity\",\"message\":\"points beyond retention policy dropped={lines.Length}\"}}"));
        await using var publisher = Second(server);
        await publisher.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.All(await PublishAsync(publisher, Samples(16)), o => Assert.Equal(OutcomeKind.Rejected, o.Kind));
        Assert.Single(server.Bodies);
    }

    [Fact]
    public async Task Version_3_names_the_lines_and_one_write_is_enough()
    {
        await using var server = new ScriptedDatabase(V3, "Bearer s3cret", lines => new Scripted(400,
            "{\"error\":\"partial write of line protocol occurred\",\"data\":[{\"original_line\":\"x\",\"line_number\":3,\"error_message\":\"invalid column type\"},{\"original_line\":\"y\",\"line_number\":5,\"error_message\":\"too old\"}]}"));
        await using var publisher = Third(server);
        await publisher.ConnectAsync(TestContext.Current.CancellationToken);
        var outcomes = await PublishAsync(publisher, Samples(6));
        Assert.Equal(["Accepted ", "Accepted ", "Rejected invalid column type", "Accepted ", "Rejected too old", "Accepted "], outcomes.Select(o => $"{o.Kind} {o.Reason}"));
        Assert.Single(server.Bodies);
    }

    [Theory]
    [InlineData("{\"error\":\"parsing failed for write_lp endpoint\",\"data\":{\"original_line\":\"x\",\"line_number\":1,\"error_message\":\"bad\"}}")]
    [InlineData("{\"error\":\"partial write\",\"data\":[{\"line_number\":0}]}")]
    [InlineData("{\"error\":\"partial write\",\"data\":[{\"line_number\":99}]}")]
    [InlineData("{\"error\":\"partial write\",\"data\":[7]}")]
    public async Task Where_version_3_names_no_line_that_can_be_right_halves_are_sought(string body)
    {
        await using var server = new ScriptedDatabase(V3, "Bearer s3cret", lines => lines.Any(l => l.Contains("value=2,", StringComparison.Ordinal)) ? new Scripted(400, body) : new Scripted(204));
        await using var publisher = Third(server);
        await publisher.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.Equal([2], (await PublishAsync(publisher, Samples(6))).Select((o, i) => (o, i)).Where(p => p.o.Kind == OutcomeKind.Rejected).Select(p => p.i));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_said_to_be_silent()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        await using var publisher = Target.Publisher(null, ("url", $"http://127.0.0.1:{port}"), ("version", "2"), ("bucket", "energy"), ("timeout", "1s"));
        var fault = await Assert.ThrowsAsync<PublisherException>(() => publisher.ConnectAsync(TestContext.Current.CancellationToken));
        Assert.Contains("no answer within 1 s. Is it overloaded? If that is usual, raise timeout.", fault.Message, StringComparison.Ordinal);
    }

    private static IPublisher Second(ScriptedDatabase server, TimeProvider? time = null) =>
        Target.Publisher(time ?? TimeProvider.System, null, ("url", server.Url), ("version", "2"), ("org", "plant"), ("bucket", "energy"), ("token", "s3cret"));

    private static IPublisher Third(ScriptedDatabase server) => Target.Publisher(null, ("url", server.Url), ("version", "3"), ("database", "energy"), ("token", "s3cret"), ("gzip", "false"));

    /// <summary>Items with one sample each, of value 0, 1, 2…</summary>
    private static PublishItem[] Samples(int count) => [.. Enumerable.Range(0, count).Select(i => new TelemetryItem(i + 1, [new(Plant.Power, Plant.Start + i, i, 0, Quality.Good, null)]))];

    private static async Task<Outcome[]> PublishAsync(IPublisher publisher, PublishItem[] items)
    {
        var outcomes = new Outcome[items.Length];
        await publisher.PublishAsync(items, outcomes, TestContext.Current.CancellationToken);
        return outcomes;
    }
}
