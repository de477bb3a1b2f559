using EdgeGateway.LineProtocol.Text;

namespace EdgeGateway.LineProtocol.Lines;

/// <summary>Name and type of a field, escaped once. Immutable; thread-safe.</summary>
public sealed class FieldKey
{
    private readonly byte[] _text;

    /// <summary>Declares a field.</summary>
    /// <param name="name">Its name, not empty.</param>
    /// <param name="type">The one type it has.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public FieldKey(string name, FieldType type)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Name, Type) = (name, type);
        _text = [.. Escaped.Key(name), (byte)'='];
    }

    /// <summary>The name as declared.</summary>
    public string Name { get; }

    /// <summary>The one type it has.</summary>
    public FieldType Type { get; }

    /// <summary><c>name=</c>, escaped.</summary>
    internal ReadOnlySpan<byte> Text => _text;
}
