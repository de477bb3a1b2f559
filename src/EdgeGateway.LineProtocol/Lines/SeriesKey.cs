using EdgeGateway.LineProtocol.Text;

namespace EdgeGateway.LineProtocol.Lines;

/// <summary>Measurement and tags of a series, escaped and sorted once; every point of the series begins with these bytes. Immutable; thread-safe.</summary>
public sealed class SeriesKey
{
    private readonly byte[] _text;

    /// <summary>Makes the key. A tag without a value is left out: to a database that is the same, and the protocol cannot write it.</summary>
    /// <param name="measurement">Name of the measurement, not empty.</param>
    /// <param name="tags">Names and values in any order; sorted here, as databases like them best.</param>
    /// <exception cref="ArgumentException">A name is empty, or a tag is given twice.</exception>
    public SeriesKey(string measurement, params ReadOnlySpan<(string Name, string Value)> tags)
    {
        ArgumentException.ThrowIfNullOrEmpty(measurement);
        var sorted = tags.ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        var text = new List<byte>(64);
        text.AddRange(Escaped.Measurement(measurement));
        for (var i = 0; i < sorted.Length; i++)
        {
            var (name, value) = sorted[i];
            ArgumentException.ThrowIfNullOrEmpty(name, nameof(tags));
            if (i > 0 && sorted[i - 1].Name == name) throw new ArgumentException($"The tag '{name}' is given twice.", nameof(tags));
            if (value.Length == 0) continue;
            text.Add((byte)',');
            text.AddRange(Escaped.Key(name));
            text.Add((byte)'=');
            text.AddRange(Escaped.Key(value));
        }
        text.Add((byte)' ');
        _text = [.. text];
    }

    /// <summary><c>measurement,tag=value </c>, escaped, with the space behind it.</summary>
    internal ReadOnlySpan<byte> Text => _text;

    /// <summary>As it stands in a line.</summary>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(_text, 0, _text.Length - 1);
}
