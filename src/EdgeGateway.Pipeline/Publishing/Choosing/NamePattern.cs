namespace EdgeGateway.Pipeline.Publishing.Choosing;

/// <summary>A name, or a pattern with <c>*</c> for any run of characters, as options choose units and points by.</summary>
/// <param name="Text">As written.</param>
public readonly record struct NamePattern(string Text)
{
    /// <summary>True where <paramref name="name"/> is meant. Linear in name × pattern; no backtracking beyond the last star.</summary>
    public bool Matches(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> pattern = Text;
        int at = 0, n = 0, star = -1, mark = 0;
        while (n < name.Length)
        {
            if (at < pattern.Length && pattern[at] == '*') (star, mark) = (at++, n);
            else if (at < pattern.Length && pattern[at] == name[n]) (at, n) = (at + 1, n + 1);
            else if (star >= 0) (at, n) = (star + 1, ++mark);
            else return false;
        }
        return pattern[at..].TrimStart('*').IsEmpty;
    }

    /// <summary>As written.</summary>
    public override string ToString() => Text;
}
