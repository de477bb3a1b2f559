using System.Globalization;
using System.Text;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>What names may look like. Names of connections, devices, points, units and publishers stand in paths, topics and tags, so they hold no separators.</summary>
public static class MapNames
{
    /// <summary>The longest name, in UTF-16 characters.</summary>
    public const int MaxLength = 64;

    /// <summary>What is wrong with a name, or null. Letters of any script, digits, <c>_</c> and <c>-</c>.</summary>
    public static string? Wrong(string name)
    {
        if (name.Length == 0) return "a name is missing.";
        if (name.Length > MaxLength) return string.Create(CultureInfo.InvariantCulture, $"the name is longer than {MaxLength} characters.");
        var first = true;
        foreach (var rune in name.EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune) && rune.Value is not ('_' or '-') && (first || !IsMark(rune)))
            {
                return $"the name '{name}' holds '{rune}': use letters of any script, digits, '_' and '-'.";
            }
            first = false;
        }
        return null;
    }

    /// <summary>What is wrong with a gateway's id, or null. ASCII letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</summary>
    public static string? WrongGatewayId(string id)
    {
        if (id.Length is 0 or > MaxLength) return string.Create(CultureInfo.InvariantCulture, $"it must have 1 to {MaxLength} characters.");
        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-')) return $"'{id}' holds '{c}': use A-Z, a-z, 0-9, '.', '_' and '-'.";
        }
        return null;
    }

    /// <summary>What is wrong with the form of a unified social credit code, or null. Its check digit is left to the platform: samples and tests stand for no enterprise.</summary>
    /// <remarks>GB 32100-2015: 18 digits and capital letters without I, O, S, V and Z.</remarks>
    public static string? WrongEnterpriseCode(string code)
    {
        if (code.Length != 18) return string.Create(CultureInfo.InvariantCulture, $"'{code}' has {code.Length} characters, and a unified social credit code has 18.");
        foreach (var c in code)
        {
            if (!char.IsAsciiDigit(c) && !char.IsAsciiLetterUpper(c) || c is 'I' or 'O' or 'S' or 'V' or 'Z') return $"'{code}' holds '{c}': a unified social credit code has digits and capital letters without I, O, S, V and Z.";
        }
        return null;
    }

    /// <summary>What is wrong with the form of a time zone's name, or null. Whether the box knows the zone is asked where it is used.</summary>
    public static string? WrongTimezone(string zone)
    {
        var ok = zone.Length is > 0 and <= MaxLength && char.IsAsciiLetter(zone[0]);
        foreach (var c in zone) ok &= char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+';
        return ok ? null : $"'{zone}' is no IANA time zone: write one such as Asia/Shanghai.";
    }

    // Vowel signs and the like belong to the letter before them.
    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
