using System.Globalization;
using System.Text;

namespace EdgeGateway.Faults;

/// <summary>How wide texts are on a terminal, where a sign of East Asian scripts takes two columns.</summary>
internal static class TerminalWidth
{
    /// <summary>Columns that a text takes on a terminal: two for each wide sign of East Asian scripts.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        var columns = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format) continue;
            columns += IsWide(rune.Value) ? 2 : 1;
        }
        return columns;
    }

    /// <summary>The text, filled up with blanks to <paramref name="width"/> columns.</summary>
    public static string Fill(string text, int width) => text + new string(' ', Math.Max(0, width - Of(text)));

    private static bool IsWide(int c) => c is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F)
        or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
}
