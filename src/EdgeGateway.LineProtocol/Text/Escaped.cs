using System.Text;

namespace EdgeGateway.LineProtocol.Text;

/// <summary>Names as the protocol wants them. What it cannot carry is replaced by a look-alike, so that unlike names stay unlike.</summary>
/// <remarks>Comma, space and (in keys and tag values) the equals sign get a backslash before them. The protocol has no escape for a backslash itself in names, and parsers
/// read one before a delimiter differently; it becomes U+FF3C (＼). Control characters end a line or are refused; they become their pictures (U+2400…).
/// Source: InfluxDB line protocol reference, "Special characters".</remarks>
internal static class Escaped
{
    private const char Backslash = '＼', Pictures = '␀', DeletePicture = '␡';

    /// <summary>A measurement's name.</summary>
    public static byte[] Measurement(string name) => Of(name, ", ");

    /// <summary>A tag's name, a tag's value or a field's name.</summary>
    public static byte[] Key(string name) => Of(name, ", =");

    private static byte[] Of(string name, string delimiters)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var c in name)
        {
            if (delimiters.Contains(c, StringComparison.Ordinal)) text.Append('\\').Append(c);
            else if (c == '\\') text.Append(Backslash);
            else if (c < ' ') text.Append((char)(Pictures + c));
            else if (c == '\x7f') text.Append(DeletePicture);
            // A line that begins so is a comment.
            else if (c == '#' && text.Length == 0 && delimiters.Length == 2) text.Append('＃');
            else text.Append(c);
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
