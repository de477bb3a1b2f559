using System.Buffers;
using System.Text;

namespace EdgeGateway.PointTables;

/// <summary>Tables as spreadsheets write them: cells in quotes where they must be, separated by comma, semicolon or tab.</summary>
internal static class CsvText
{
    private static readonly char[] Separators = [',', ';', '\t'];
    private static readonly SearchValues<char> Special = SearchValues.Create("\",;\t\r\n");

    /// <summary>UTF-8 where the bytes are that, else GB18030, which Excel writes on Chinese systems. Null where they are neither.</summary>
    public static string? Decode(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
        }
        try
        {
            return Gb18030.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The bytes of a text: UTF-8 with the mark that Excel needs, or GB18030.</summary>
    public static byte[] Encode(string text, bool chinese) => chinese ? Gb18030.GetBytes(text) : [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)];

    /// <summary>Rows of cells with the number of the line each begins in; empty rows are left out. Null where a quote is never closed.</summary>
    public static IReadOnlyList<(int Line, IReadOnlyList<string> Cells)>? Parse(string text)
    {
        var separator = Separator(text);
        var rows = new List<(int, IReadOnlyList<string>)>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (quoted, line, begin) = (false, 1, 1);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (quoted && i == text.Length) return null;
            if (c == '\n') line++;
            if (quoted)
            {
                if (c != '"') cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[++i]);
                else quoted = false;
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c == separator || c == '\n')
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
                if (c != '\n') continue;
                if (cells.Any(s => s.Length > 0)) rows.Add((begin, [.. cells]));
                cells.Clear();
                begin = line;
            }
            else
            {
                cell.Append(c);
            }
        }
        return rows;
    }

    /// <summary>One row, with its line end as spreadsheets want it.</summary>
    public static string Row(IEnumerable<string> cells) => string.Join(',', cells.Select(c => c.AsSpan().ContainsAny(Special) || c != c.Trim() ? $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : c)) + "\r\n";

    private static Encoding Gb18030 => CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    private static char Separator(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var head = end < 0 ? text : text[..end];
        return Separators.MaxBy(s => head.Count(c => c == s));
    }
}
