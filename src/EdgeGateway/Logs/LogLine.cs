using System.Globalization;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Logs;

/// <summary>One thing worth saying, with the values it was said of.</summary>
/// <param name="Time">When.</param>
/// <param name="Level">How serious.</param>
/// <param name="Category">The part that speaks.</param>
/// <param name="Message">The sentence.</param>
/// <param name="Exception">The defect behind it, or null.</param>
/// <param name="Fields">Names and values within the sentence.</param>
internal readonly record struct LogLine(DateTimeOffset Time, LogLevel Level, string Category, string Message, Exception? Exception, IReadOnlyList<KeyValuePair<string, object?>> Fields)
{
    private const string Template = "{OriginalFormat}";

    /// <summary><c>2026-11-24T08:00:00.000Z</c>.</summary>
    public string Stamp => Time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The word of the level.</summary>
    public string Word => Level switch { LogLevel.Critical => "CRIT", LogLevel.Error => "ERROR", LogLevel.Warning => "WARN", LogLevel.Information => "INFO", _ => "DEBUG" };

    /// <summary>Names and values as text, without the template of the sentence.</summary>
    public IEnumerable<(string Name, string Value)> Values => Fields.Where(f => f.Key != Template).Select(f => (f.Key, Convert.ToString(f.Value, CultureInfo.InvariantCulture) ?? ""));
}
