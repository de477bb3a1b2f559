using System.Text.Json;
using EdgeGateway.Dashboard.Access;
using EdgeGateway.Dashboard.Language;
using EdgeGateway.Pipeline.Control;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Dashboard.Api;

/// <summary>Hands what the page asks for to the commands of the control socket, in the name of who is logged in. The pipeline has looked at role and CSRF token before.</summary>
internal sealed partial class ActionEndpoint(IReadOnlyList<IControlCommand> commands, Gate gate, TimeProvider time, ILoggerFactory log)
{
    private const int MostArguments = 8, LongestArgument = 256;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly ILogger _log = log.CreateLogger<ActionEndpoint>();

    public RequestDelegate For(PageAction action) => context => RunAsync(context, action);

    private async Task RunAsync(HttpContext context, PageAction action)
    {
        var arguments = await ArgumentsAsync(context, action);
        if (commands.FirstOrDefault(c => c.Name == action.Command) is not { } command)
        {
            await Replies.ErrorAsync(context, StatusCodes.Status404NotFound, $"This gateway has no command '{action.Command}'.");
            return;
        }
        var caller = gate.Who(context)!;
        var by = $"{caller.Name} ({caller.Role.ToString().ToLowerInvariant()}, page)";
        // What has begun is finished, whether or not the reader waits for it.
        using var limit = new CancellationTokenSource(Limit, time);
        ControlReply reply;
        try
        {
            reply = await command.RunAsync(new ControlRequest(command.Name, arguments, by) { Language = PageLanguage.Of(context.Request) }, limit.Token);
        }
        catch (Exception failure)
        {
            LogFailed(action.Name, by, failure);
            reply = ControlReply.Refused($"{command.Name} failed: {failure.Message}");
        }
        var (address, outcome) = (context.Connection.RemoteIpAddress, reply.Ok ? "done" : "refused");
        LogAsked(by, action.Name, address, outcome);
        if (reply.Ok) await Replies.JsonAsync(context, Replies.Json.ActionAnswer, new ActionAnswer([.. reply.Lines]));
        else await Replies.ErrorAsync(context, StatusCodes.Status409Conflict, string.Join('\n', reply.Lines));
    }

    private static async Task<Dictionary<string, string>> ArgumentsAsync(HttpContext context, PageAction action)
    {
        Dictionary<string, string>? given;
        try
        {
            given = await JsonSerializer.DeserializeAsync(context.Request.Body, Replies.Json.DictionaryStringString, context.RequestAborted);
        }
        catch (JsonException)
        {
            given = null;
        }
        if (given is null || given.Count > MostArguments || given.Any(a => a.Value is null || a.Value.Length > LongestArgument || a.Value.Any(char.IsControl))) throw new BadRequestException("Expected an object of short texts, such as {} or {\"publisher\": \"platform\"}.");
        if (given.Keys.FirstOrDefault(k => !action.Arguments.Contains(k)) is { } unknown) throw new BadRequestException($"There is no argument '{unknown}'; {action.Name} takes {(action.Arguments.Count == 0 ? "none" : string.Join(", ", action.Arguments))}.");
        foreach (var (name, value) in action.Fixed) given[name] = value;
        return given.Where(a => a.Value.Length > 0).ToDictionary();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{By} asked for {Action} from {Address}: {Outcome}.")]
    private partial void LogAsked(string by, string action, System.Net.IPAddress? address, string outcome);

    [LoggerMessage(Level = LogLevel.Error, Message = "The action {Action} of {By} failed.")]
    private partial void LogFailed(string action, string by, Exception failure);
}
