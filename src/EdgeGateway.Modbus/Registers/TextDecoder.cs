using System.Globalization;

namespace EdgeGateway.Modbus.Registers;

/// <summary>Registers → text of one point, of times in ISO 8601 without a zone. Not thread-safe; allocates only where the text has changed.</summary>
public sealed class TextDecoder
{
    private readonly RegisterType _type;
    private readonly WordOrder _order;
    private readonly bool _swapped;
    private readonly byte[] _seen;
    private readonly char[] _characters;
    private string? _text;
    private bool _read;

    /// <summary>Prepares decoding.</summary>
    /// <param name="type">Text or a time.</param>
    /// <param name="registers">Registers of a text; a time knows its own.</param>
    /// <param name="order">Of seconds since 1970, their order; other times have their own. Of a text, <see cref="WordOrder.Badc"/> and <see cref="WordOrder.Dcba"/> have the first character in the lower byte.</param>
    /// <exception cref="ArgumentException">The type is a number, or a text has no registers.</exception>
    public TextDecoder(RegisterType type, int registers, WordOrder order)
    {
        if (!type.IsText()) throw new ArgumentException("A number is not read as text.", nameof(type));
        Width = type == RegisterType.Text ? registers : type.Width();
        if (Width is < 1 or > 125) throw new ArgumentException("A text takes 1 to 125 registers.", nameof(registers));
        (_type, _order, _swapped) = (type, order, order is WordOrder.Badc or WordOrder.Dcba);
        (_seen, _characters) = (new byte[2 * Width], new char[2 * Width]);
    }

    /// <summary>Registers it reads.</summary>
    public int Width { get; }

    /// <summary>Decodes the point's registers; null where they hold no time.</summary>
    /// <param name="data">Wire bytes from the point's first register on; at least 2 × <see cref="Width"/>.</param>
    public string? Decode(ReadOnlySpan<byte> data)
    {
        data = data[..(2 * Width)];
        if (_read && data.SequenceEqual(_seen)) return _text;
        _read = true;
        data.CopyTo(_seen);
        return _text = _type == RegisterType.Text ? new string(_characters.AsSpan(0, RegisterText.Read(data, _swapped, _characters))) : Time(data);
    }

    private string? Time(scoped ReadOnlySpan<byte> data)
    {
        Span<byte> seconds = stackalloc byte[4];
        if (_type == RegisterType.DateUnix)
        {
            RegisterBits.Write(seconds, 2, WordOrder.Abcd, RegisterBits.Read(data, 2, _order));
            data = seconds;
        }
        var form = _type switch
        {
            RegisterType.DateUnix => DateForm.Unix,
            RegisterType.DateSix => DateForm.Six,
            RegisterType.DatePacked => DateForm.Packed,
            RegisterType.DateBcd => DateForm.PackedBcd,
            _ => DateForm.Iec,
        };
        return RegisterDate.TryRead(data, form, out var time) ? time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) : null;
    }
}
