using Microsoft.Extensions.Logging;

namespace EdgeGateway.Logs;

/// <summary>Hands every line to its targets, in order.</summary>
/// <param name="time">For the stamps.</param>
/// <param name="targets">Owned.</param>
internal sealed class LogTargets(TimeProvider time, params IReadOnlyList<ILogTarget> targets) : ILoggerProvider
{
    private readonly Lock _gate = new();

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void Dispose()
    {
        foreach (var target in targets) target.Dispose();
    }

    private void Write(in LogLine line)
    {
        lock (_gate)
        {
            foreach (var target in targets) target.Write(line);
        }
    }

    private sealed class Category(LogTargets owner, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Write(new LogLine(owner.Now, logLevel, name, formatter(state, exception), exception, state as IReadOnlyList<KeyValuePair<string, object?>> ?? []));
    }

    private DateTimeOffset Now => time.GetUtcNow();
}
