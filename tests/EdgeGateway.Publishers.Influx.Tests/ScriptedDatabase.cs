using System.IO.Compression;
using System.Net;
using System.Text;
using EdgeGateway.Peers;

namespace EdgeGateway.Publishers.Influx.Tests;

/// <summary>An answer as a database gives it.</summary>
internal sealed record Scripted(int Status, string Body = "", params (string Name, string Value)[] Headers);

/// <summary>A strict stand-in that gives the answers which no database at hand gives: it takes only what the reference of the API allows, and answers what the test says.</summary>
internal sealed class ScriptedDatabase : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<string[], Scripted> _answer;
    private readonly string _path;
    private readonly string? _login;
    private readonly Task _serving;
    private readonly List<string[]> _bodies = [];

    /// <param name="path">Path and query that every request must have.</param>
    /// <param name="login">What Authorization must say, or null for nothing.</param>
    /// <param name="answer">From the lines of a body to the answer. The status line of the publisher is always taken.</param>
    public ScriptedDatabase(string path, string? login, Func<string[], Scripted> answer)
    {
        (_path, _login, _answer) = (path, login, answer);
        Url = $"http://127.0.0.1:{FreePort.Next()}";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url { get; }

    /// <summary>Lines of every body but those of the status, in order.</summary>
    public IReadOnlyList<string[]> Bodies
    {
        get
        {
            lock (_bodies) return [.. _bodies];
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Stopped first, it would open its port once more while closing.
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            // Disposed, or stopped between two requests.
            catch (Exception e) when (e is HttpListenerException or InvalidOperationException)
            {
                return;
            }
            var answer = Judge(context.Request);
            context.Response.StatusCode = answer.Status;
            foreach (var (name, value) in answer.Headers) context.Response.AddHeader(name, value);
            await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer.Body));
            context.Response.Close();
        }
    }

    private Scripted Judge(HttpListenerRequest request)
    {
        using var body = new MemoryStream();
        using (var stream = request.Headers["Content-Encoding"] == "gzip" ? new GZipStream(request.InputStream, CompressionMode.Decompress) : request.InputStream) stream.CopyTo(body);
        var lines = Encoding.UTF8.GetString(body.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (request.HttpMethod != "POST" || request.RawUrl != _path || request.ContentType?.StartsWith("text/plain", StringComparison.Ordinal) != true) return new Scripted(418, $"{request.HttpMethod} {request.RawUrl} {request.ContentType}");
        if (request.Headers["Authorization"] != _login) return new Scripted(418, "login " + request.Headers["Authorization"]);
        if (lines.Length == 1 && lines[0].StartsWith("edgegateway_status,", StringComparison.Ordinal) && !_strictStatus) return new Scripted(204);
        lock (_bodies) _bodies.Add(lines);
        return _answer(lines);
    }

    private bool _strictStatus;

    /// <summary>From now on the status is answered by the script as well.</summary>
    public ScriptedDatabase WithStatus()
    {
        _strictStatus = true;
        return this;
    }
}
