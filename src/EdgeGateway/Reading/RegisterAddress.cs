using System.Globalization;

namespace EdgeGateway.Reading;

/// <summary>What the register number of a manual can mean: manuals count from 0 or from 1, and some put the table in front.</summary>
internal static class RegisterAddress
{
    private static readonly (int First, string Table)[] Tables = [(30_001, "input"), (40_001, "holding"), (300_001, "input"), (400_001, "holding")];

    /// <summary>Every meaning as it is written into a map; empty where the text is no register number.</summary>
    public static IReadOnlyList<string> Meanings(string written)
    {
        var hexadecimal = written.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (!(hexadecimal ? int.TryParse(written.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) : int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out number))) return [];
        var meanings = new List<string>();
        if (!hexadecimal)
        {
            foreach (var (first, table) in Tables)
            {
                // Five digits reach 9 999 registers far, six all of them.
                if (number >= first && number - first <= (first > 99_999 ? 65_535 : 9_998)) meanings.Add(Line(table, number - first, $"counted from {first}"));
            }
        }
        if (number is >= 0 and <= 65_535) meanings.Add(Line("holding or input", number, "counted from 0, as in the request"));
        if (number is >= 1 and <= 65_536) meanings.Add(Line("holding or input", number - 1, "counted from 1"));
        return meanings;
    }

    private static string Line(string table, int address, string why) => string.Create(CultureInfo.InvariantCulture, $"table: {table}, address: {address} (0x{address:X4})   {why}");
}
