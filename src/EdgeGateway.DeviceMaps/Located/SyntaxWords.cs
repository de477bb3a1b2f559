namespace EdgeGateway.DeviceMaps.Located;

/// <summary>Says a YAML parser's complaint in plain words, with the remedy.</summary>
internal static class SyntaxWords
{
    public const string Tab = "A tab in the indentation: indent with spaces.";

    private static readonly (string Part, string Words)[] Known =
    [
        (" tab ", Tab),
        ("found invalid mapping", "A ': ' within a value: put the value in quotes, or check the indentation of this line."),
        ("did not find expected key", "This does not belong here: expected 'key: value'. Check the indentation of this line and the line above it."),
        ("did not find expected ',' or '}'", "Expected ',' or '}': a '{' is not closed, or a ',' is missing before this."),
        ("did not find expected ',' or ']'", "Expected ',' or ']': a '[' is not closed, or a ',' is missing before this."),
        ("did not find expected '-' indicator", "Expected '- ': items of a list and keys of a table cannot stand side by side. Check the indentation."),
        ("did not find expected node content", "A value is missing here, or a bracket or comma is one too many."),
        ("quoted scalar, found wrong indentation", "This quote is never closed, or the text within it is not indented."),
        ("unexpected end of stream", "This quote is never closed."),
        ("unexpected document indicator", "This quote is never closed."),
        ("unknown escape character", "Unknown escape in double quotes: write \\\\ for a backslash, or use single quotes."),
        ("could not find expected ':'", "Expected ':' behind this key."),
    ];

    /// <summary>The sentence for <paramref name="complaint"/>; <paramref name="at"/> is what stands at its place.</summary>
    public static string For(string complaint, ReadOnlySpan<char> at)
    {
        if (complaint.Contains("cannot start any token", StringComparison.Ordinal))
        {
            return at.IsEmpty ? "A value cannot begin here: put it in quotes." : $"A value cannot begin with '{at[0]}': put it in quotes.";
        }
        foreach (var (part, words) in Known)
        {
            if (complaint.Contains(part, StringComparison.OrdinalIgnoreCase)) return words;
        }
        return "This is not valid YAML: " + complaint.TrimEnd('.') + ".";
    }
}
