namespace EdgeGateway.DeviceMaps.Language;

/// <summary>A message with places <c>{0}</c> to <c>{9}</c>; other braces are plain text.</summary>
internal sealed class MessagePattern
{
    private readonly List<string> _literals = [];
    private readonly List<int> _places = [];

    public MessagePattern(string pattern)
    {
        var from = 0;
        for (var i = 0; i + 2 < pattern.Length; i++)
        {
            if (pattern[i] != '{' || !char.IsAsciiDigit(pattern[i + 1]) || pattern[i + 2] != '}') continue;
            _literals.Add(pattern[from..i]);
            _places.Add(pattern[i + 1] - '0');
            from = i + 3;
            i += 2;
        }
        _literals.Add(pattern[from..]);
    }

    /// <summary>True where the place stands in quotes: a word of the map, which is the same in every language.</summary>
    public bool IsQuoted(int place)
    {
        var at = _places.IndexOf(place);
        return at >= 0 && _literals[at].EndsWith('\'') && _literals[at + 1].StartsWith('\'');
    }

    /// <summary>Characters that are not places: the more, the closer a match.</summary>
    public int Weight => _literals.Sum(l => l.Length);

    /// <summary>What stands in the places, or null where the message is not of this form. A place takes as little as it can, the last one the rest.</summary>
    public string[]? Match(string message)
    {
        var values = new string[10];
        if (!message.StartsWith(_literals[0], StringComparison.Ordinal)) return null;
        var at = _literals[0].Length;
        for (var i = 0; i < _places.Count; i++)
        {
            var literal = _literals[i + 1];
            var last = i == _places.Count - 1;
            if (last && !message.EndsWith(literal, StringComparison.Ordinal)) return null;
            var end = last ? message.Length - literal.Length : message.IndexOf(literal, at, StringComparison.Ordinal);
            if (end < at) return null;
            var value = message[at..end];
            if (values[_places[i]] is { } before && before != value) return null;
            values[_places[i]] = value;
            at = end + literal.Length;
        }
        return at == message.Length ? values : null;
    }

    /// <summary>The message with <paramref name="values"/> in its places.</summary>
    public string Fill(Func<int, string> values)
    {
        var text = new System.Text.StringBuilder(_literals[0]);
        for (var i = 0; i < _places.Count; i++) text.Append(values(_places[i])).Append(_literals[i + 1]);
        return text.ToString();
    }
}
