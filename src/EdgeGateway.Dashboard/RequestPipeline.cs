using System.Collections.Frozen;
using EdgeGateway.Dashboard.Access;
using EdgeGateway.Dashboard.Api;
using EdgeGateway.Dashboard.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Dashboard;

/// <summary>The way of every request: headers, host, route or file, and a clear answer where something is wrong.</summary>
internal sealed partial class RequestPipeline
{
    private readonly FrozenDictionary<string, Route> _routes;
    private readonly PageFiles _files;
    private readonly HostRule _hosts;
    private readonly Gate _gate;
    private readonly string _openApi;
    private readonly ILogger _log;

    public RequestPipeline(IReadOnlyList<Route> routes, PageFiles files, HostRule hosts, Gate gate, string openApi, ILoggerFactory log)
    {
        _routes = routes.ToFrozenDictionary(r => $"{r.Method} {r.Path}");
        (_files, _hosts, _gate, _openApi, _log) = (files, hosts, gate, openApi, log.CreateLogger<RequestPipeline>());
    }

    public async Task HandleAsync(HttpContext context)
    {
        ResponseHeaders.Set(context.Response, context.Request.IsHttps);
        try
        {
            await AnswerAsync(context);
        }
        catch (BadRequestException problem)
        {
            await Replies.ErrorAsync(context, StatusCodes.Status400BadRequest, problem.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
        catch (Exception defect) when (defect is not BadHttpRequestException)
        {
            LogDefect(context.Request.Path, defect);
            if (context.Response.HasStarted) context.Abort();
            else await Replies.ErrorAsync(context, StatusCodes.Status500InternalServerError, "A defect of the gateway; its log says more.");
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (!_hosts.Allows(request.Host.Host))
        {
            await Replies.ErrorAsync(context, StatusCodes.Status421MisdirectedRequest, "This box is not asked for under that name; add it to dashboard.hosts of the map, or use its address.");
            return;
        }
        if (request.Method is not ("GET" or "HEAD") && !HostRule.SameOrigin(request.Headers.Origin, request.Scheme, request.Host.Value ?? ""))
        {
            await Replies.ErrorAsync(context, StatusCodes.Status403Forbidden, "Requests that change something are taken from the gateway's own page only.");
            return;
        }
        var path = request.Path.Value ?? "/";
        if (_routes.TryGetValue($"{request.Method} {path}", out var route))
        {
            if (route.Open || _gate.Refusal(context, route) is not { } refusal) await route.Handle(context);
            else await Replies.ErrorAsync(context, refusal.Status, refusal.Text);
        }
        else if (request.Method == "GET" && path == "/api/v1/openapi.json") await Replies.TextAsync(context, "application/json; charset=utf-8", _openApi);
        else if (request.Method is not ("GET" or "HEAD") || !await _files.TryServeAsync(context)) await Replies.ErrorAsync(context, StatusCodes.Status404NotFound, "There is nothing here.");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A request for {Path} failed by a defect of the gateway.")]
    private partial void LogDefect(string path, Exception defect);
}
