using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using EdgeGateway.LineProtocol.Text;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.LineProtocol.Lines;

/// <summary>Writes points, one line each: <see cref="Begin"/>, fields, <see cref="End"/>. Allocates nothing beyond what the output does.</summary>
/// <remarks>A line reaches the output whole or not at all: it is advanced by <see cref="End"/>. Not thread-safe; the output is the caller's, who does not touch it in between.
/// Source: InfluxDB line protocol reference.</remarks>
/// <param name="output">Where lines go.</param>
public ref struct LineWriter(IBufferWriter<byte> output)
{
    private const int UsualLine = 512;
    private Span<byte> _line;
    private int _at;
    private int _fieldsAt;

    /// <summary>Begins a point; one that was begun and not ended is forgotten.</summary>
    public void Begin(SeriesKey series)
    {
        var text = series.Text;
        _line = output.GetSpan(text.Length + UsualLine);
        text.CopyTo(_line);
        _at = _fieldsAt = text.Length;
    }

    /// <summary>A number; nothing is written where it is not finite, which the protocol cannot say.</summary>
    /// <returns>Whether it was written.</returns>
    public bool Number(FieldKey key, double value)
    {
        if (!double.IsFinite(value)) return false;
        Name(key, FieldType.Number, NumberText.MaxLength);
        _at += NumberText.Write(value, _line[_at..]);
        return true;
    }

    /// <summary>An exact decimal number, <paramref name="mantissa"/> × 10^<paramref name="exponent"/>.</summary>
    /// <param name="key">A field of type number.</param>
    /// <param name="mantissa">Any value.</param>
    /// <param name="exponent">-36 to 36.</param>
    public void Number(FieldKey key, Int128 mantissa, int exponent)
    {
        Name(key, FieldType.Number, DecimalText.MaxLength);
        _at += DecimalText.Format(mantissa, exponent, 0, _line[_at..]);
    }

    /// <summary>An exact decimal number.</summary>
    public void Number(FieldKey key, ExactDecimal value) => Number(key, value.Mantissa, value.Exponent);

    /// <summary>A whole number.</summary>
    public void Integer(FieldKey key, long value)
    {
        Name(key, FieldType.Integer, NumberText.MaxLength);
        Utf8Formatter.TryFormat(value, _line[_at..], out var length);
        _at += length;
        _line[_at++] = (byte)'i';
    }

    /// <summary>A whole number that is never negative.</summary>
    public void Unsigned(FieldKey key, ulong value)
    {
        Name(key, FieldType.Unsigned, NumberText.MaxLength);
        _at += NumberText.WriteWhole(value, _line[_at..]);
        _line[_at++] = (byte)'u';
    }

    /// <summary>true or false.</summary>
    public void Boolean(FieldKey key, bool value)
    {
        Name(key, FieldType.Boolean, 1);
        _line[_at++] = value ? (byte)'t' : (byte)'f';
    }

    /// <summary>A text. Line ends become spaces: databases differ in whether a text may hold them.</summary>
    public void Text(FieldKey key, ReadOnlySpan<char> value)
    {
        Name(key, FieldType.Text, 2 + 2 * Encoding.UTF8.GetMaxByteCount(value.Length));
        _line[_at++] = (byte)'"';
        if (value.IndexOfAny("\"\\\n\r") < 0) _at += Encoding.UTF8.GetBytes(value, _line[_at..]);
        else Escape(value);
        _line[_at++] = (byte)'"';
    }

    /// <summary>Ends the point and hands it to the output; one without a field is no point, and is forgotten.</summary>
    /// <param name="nanoseconds">UTC nanoseconds since 1970.</param>
    /// <returns>Whether there was a field.</returns>
    public bool End(long nanoseconds)
    {
        if (_at == _fieldsAt) return false;
        Ensure(NumberText.MaxLength);
        _line[_at++] = (byte)' ';
        Utf8Formatter.TryFormat(nanoseconds, _line[_at..], out var length);
        _at += length;
        _line[_at++] = (byte)'\n';
        output.Advance(_at);
        _line = default;
        _at = _fieldsAt = 0;
        return true;
    }

    private void Name(FieldKey key, FieldType type, int room)
    {
        if (key.Type != type) WrongType(key, type);
        var text = key.Text;
        Ensure(text.Length + room + 2);
        if (_at != _fieldsAt) _line[_at++] = (byte)',';
        text.CopyTo(_line[_at..]);
        _at += text.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Ensure(int room)
    {
        if (_line.Length - _at < room) Grow(room);
    }

    private void Grow(int room)
    {
        if (_line.IsEmpty) throw new InvalidOperationException("No point was begun.");
        // What the output does with bytes that were not advanced is its own business: they are copied from where they are.
        var before = _line[.._at];
        _line = output.GetSpan(Math.Max(2 * _at, _at + room));
        before.CopyTo(_line);
    }

    private void Escape(ReadOnlySpan<char> value)
    {
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\') _line[_at++] = (byte)'\\';
            _at += (rune.Value is '\n' or '\r' ? new Rune(' ') : rune).EncodeToUtf8(_line[_at..]);
        }
    }

    private static void WrongType(FieldKey key, FieldType type) => throw new ArgumentException($"The field '{key.Name}' is declared as {key.Type}, not {type}.", nameof(key));
}
