using System.Globalization;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Composition;

/// <summary>Log lines on standard error: time, level, what. One line a message, whatever it holds; no colour.</summary>
/// <param name="time">For the stamps.</param>
internal sealed class ConsoleLines(TimeProvider time) : ILoggerProvider
{
    private readonly Lock _gate = new();

    public ILogger CreateLogger(string categoryName) => new Line(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void Dispose()
    {
    }

    private void Write(LogLevel level, string category, string message, Exception? exception)
    {
        var word = level switch { LogLevel.Critical => "CRIT", LogLevel.Error => "ERROR", LogLevel.Warning => "WARN", LogLevel.Information => "INFO", _ => "DEBUG" };
        var stamp = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var text = exception is null ? message : $"{message} {exception}";
        // A name from a device or a file must not be able to forge a second line.
        text = text.ReplaceLineEndings(" | ");
        lock (_gate) Console.Error.WriteLine($"{stamp} {word,-5} {category}: {text}");
    }

    private sealed class Line(ConsoleLines owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Write(logLevel, category, formatter(state, exception), exception);
    }
}
