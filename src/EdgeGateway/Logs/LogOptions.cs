using System.CommandLine;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Logs;

/// <summary>How a command logs: what of, in which form, and whether to a file as well.</summary>
internal sealed class LogOptions
{
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Say more." };
    private readonly Option<string?> _form = new("--log") { Description = "Form of the log on standard error: text, json (one object a line), or journal (systemd's, with a field for each value); by default journal where systemd gave one, else text." };
    private readonly Option<string?> _file = new("--log-file") { Description = "Also write the log to this file, one JSON object a line; it is set aside at 10 MB, four of those before are kept." };

    public LogOptions() => _form.AcceptOnlyFromAmong("text", "json", "journal");

    /// <summary>For the command's list.</summary>
    public IEnumerable<System.CommandLine.Option> All => [_verbose, _form, _file];

    /// <summary>Opens the log; the caller disposes it.</summary>
    public ILoggerFactory Open(ParseResult parsed, TimeProvider time)
    {
        var form = parsed.GetValue(_form) ?? (JournalSocket.IsStandardError(Environment.GetEnvironmentVariable) ? "journal" : "text");
        List<ILogTarget> targets = [form switch
        {
            "json" => new JsonLines(Console.OpenStandardError()),
            "journal" => new JournalSocket(Environment.GetEnvironmentVariable("EDGEGATEWAY_JOURNAL") is { Length: > 0 } path ? path : JournalSocket.DefaultPath, new TextLines(Console.Error)),
            _ => new TextLines(Console.Error),
        }];
        if (parsed.GetValue(_file) is { } file) targets.Add(new JsonLines(new RollingFile(file)));
        var least = parsed.GetValue(_verbose) ? LogLevel.Debug : LogLevel.Information;
        return LoggerFactory.Create(b => b.SetMinimumLevel(least).AddFilter("Microsoft", LogLevel.Warning).AddProvider(new LogTargets(time, targets)));
    }
}
