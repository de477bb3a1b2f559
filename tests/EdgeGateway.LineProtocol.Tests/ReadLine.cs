using System.Globalization;
using System.Text;

namespace EdgeGateway.LineProtocol.Tests;

/// <summary>A line read again as the reference of the protocol says, by code that shares nothing with the writer.</summary>
/// <param name="Measurement">Unescaped.</param>
/// <param name="Tags">Unescaped, in their order.</param>
/// <param name="Fields">Name and value: double, long, ulong, bool or string.</param>
/// <param name="Time">Nanoseconds.</param>
public sealed record ReadLine(string Measurement, IReadOnlyList<(string Name, string Value)> Tags, IReadOnlyList<(string Name, object Value)> Fields, long Time)
{
    public static IReadOnlyList<ReadLine> All(ReadOnlySpan<byte> bytes)
    {
        var text = new UTF8Encoding(false, true).GetString(bytes);
        if (text.Length > 0 && !text.EndsWith('\n')) throw new FormatException("the last line has no end");
        return [.. text.Split('\n')[..^1].Select(One)];
    }

    private static ReadLine One(string line)
    {
        var at = 0;
        if (line.StartsWith('#')) throw new FormatException("a comment");
        var measurement = Token(line, ref at, ", ");
        var tags = new List<(string, string)>();
        while (line[at] == ',')
        {
            at++;
            var name = Token(line, ref at, "=");
            at++;
            tags.Add((name, Token(line, ref at, ", ")));
        }
        var fields = new List<(string, object)>();
        do
        {
            at++;
            var name = Token(line, ref at, "=");
            at++;
            fields.Add((name, Value(line, ref at)));
        }
        while (line[at] == ',');
        if (line[at] != ' ') throw new FormatException("no time");
        return new ReadLine(measurement, tags, fields, long.Parse(line.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    private static string Token(string line, ref int at, string ends)
    {
        var token = new StringBuilder();
        for (; !ends.Contains(line[at], StringComparison.Ordinal); at++)
        {
            if (line[at] == '\\' && line[at + 1] is ',' or '=' or ' ') at++;
            if (char.IsControl(line[at])) throw new FormatException("a control character in a name");
            token.Append(line[at]);
        }
        return token.Length == 0 ? throw new FormatException("an empty name") : token.ToString();
    }

    private static object Value(string line, ref int at)
    {
        if (line[at] == '"')
        {
            var text = new StringBuilder();
            for (at++; line[at] != '"'; at++)
            {
                if (line[at] == '\\') at++;
                text.Append(line[at]);
            }
            at++;
            return text.ToString();
        }
        var from = at;
        while (line[at] is not (',' or ' ')) at++;
        var word = line[from..at];
        return word switch
        {
            "t" => true,
            "f" => false,
            [.. var digits, 'i'] => long.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
            [.. var digits, 'u'] => ulong.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture),
            _ => double.Parse(word, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
    }
}
