using System.CommandLine;
using EdgeGateway.DeviceMaps.Language;

namespace EdgeGateway.Commands;

/// <summary><c>--language zh|en</c>: the language of messages; by default that of the terminal.</summary>
internal static class LanguageOption
{
    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    public static Option<string?> Create()
    {
        var option = new Option<string?>("--language") { Description = "Language of messages; by default that of LC_ALL, LC_MESSAGES or LANG." };
        option.AcceptOnlyFromAmong("zh", "en");
        return option;
    }

    public static MessageLanguage Of(string? word) => word switch
    {
        "zh" => MessageLanguage.Chinese,
        "en" => MessageLanguage.English,
        _ => OfSurroundings(),
    };

    /// <summary>The terminal's language.</summary>
    public static MessageLanguage OfSurroundings()
    {
        var locale = Variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v));
        return locale?.StartsWith("zh", StringComparison.OrdinalIgnoreCase) == true ? MessageLanguage.Chinese : MessageLanguage.English;
    }
}
