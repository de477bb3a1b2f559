namespace EdgeGateway.Modbus.Pdu;

/// <summary>The answer to an <see cref="IdentificationRequest"/>: function, kind, code, conformity, more follows, next object, number of objects; then per object id u8, length u8, text.</summary>
/// <remarks>A view: it lives as long as the bytes it was read from; a <c>foreach</c> goes through its objects. Source: MODBUS Application Protocol V1.1b3, 6.21.</remarks>
public readonly ref struct IdentificationResponse
{
    /// <summary>Bytes before the first object.</summary>
    public const int HeaderLength = 7;

    private const byte More = 0xFF;
    private readonly ReadOnlySpan<byte> _objects;

    private IdentificationResponse(ReadOnlySpan<byte> pdu)
    {
        Conformity = pdu[3];
        Next = pdu[4] == More ? pdu[5] : null;
        Count = pdu[6];
        _objects = pdu[HeaderLength..];
    }

    private IdentificationResponse(ExceptionCode exception) => Exception = exception;

    /// <summary>Why the device refused, or 0.</summary>
    public ExceptionCode Exception { get; }

    /// <summary>What the device can tell: 1 to 3, with 0x80 where single objects can be asked for.</summary>
    public byte Conformity { get; }

    /// <summary>Object to go on with, or null where this was all.</summary>
    public byte? Next { get; }

    /// <summary>Number of objects.</summary>
    public byte Count { get; }

    /// <summary>Goes through the objects.</summary>
    public Enumerator GetEnumerator() => new(_objects);

    /// <summary>Reads the answer to a request of <paramref name="code"/>; every object lies within the bytes.</summary>
    public static PduFault Read(ReadOnlySpan<byte> pdu, byte code, out IdentificationResponse response)
    {
        response = default;
        if (pdu.IsEmpty) return PduFault.TooShort;
        if (ExceptionResponse.IsFor(pdu[0], FunctionCode.EncapsulatedInterface))
        {
            var refused = ExceptionResponse.Read(pdu, FunctionCode.EncapsulatedInterface, out var exception);
            if (refused == PduFault.None) response = new IdentificationResponse(exception);
            return refused;
        }
        if (pdu[0] != (byte)FunctionCode.EncapsulatedInterface) return PduFault.Function;
        if (pdu.Length < HeaderLength) return PduFault.TooShort;
        if (pdu[1] != IdentificationRequest.Kind) return PduFault.Function;
        if (pdu[2] != code) return PduFault.Echo;
        if (pdu[4] is not (0 or More)) return PduFault.Value;
        var at = HeaderLength;
        for (var i = 0; i < pdu[6]; i++)
        {
            if (pdu.Length < at + 2 || pdu.Length < at + 2 + pdu[at + 1]) return PduFault.TooShort;
            at += 2 + pdu[at + 1];
        }
        if (pdu.Length > at) return PduFault.TooLong;
        response = new IdentificationResponse(pdu);
        return PduFault.None;
    }

    /// <summary>Writes an answer without objects, as a device does; <see cref="Append"/> adds them.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> output, byte code, byte conformity, byte? next)
    {
        ReadOnlySpan<byte> header = [(byte)FunctionCode.EncapsulatedInterface, IdentificationRequest.Kind, code, conformity, next is null ? (byte)0 : More, next ?? 0, 0];
        header.CopyTo(output);
        return HeaderLength;
    }

    /// <summary>Adds an object to an answer of <paramref name="length"/> bytes.</summary>
    /// <returns>Bytes of the answer.</returns>
    public static int Append(Span<byte> output, int length, byte id, ReadOnlySpan<byte> text)
    {
        output[6]++;
        output[length] = id;
        output[length + 1] = checked((byte)text.Length);
        text.CopyTo(output[(length + 2)..]);
        return length + 2 + text.Length;
    }

    /// <summary>An object.</summary>
    /// <param name="id">Which.</param>
    /// <param name="text">What it says, usually ASCII.</param>
    public readonly ref struct Item(byte id, ReadOnlySpan<byte> text)
    {
        /// <summary>Which.</summary>
        public byte Id { get; } = id;

        /// <summary>What it says, usually ASCII.</summary>
        public ReadOnlySpan<byte> Text { get; } = text;
    }

    /// <summary>Goes through objects that were checked.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> objects) => _rest = objects;

        /// <summary>The object.</summary>
        public Item Current { get; private set; }

        /// <summary>Goes on; false behind the last.</summary>
        public bool MoveNext()
        {
            if (_rest.IsEmpty) return false;
            Current = new Item(_rest[0], _rest.Slice(2, _rest[1]));
            _rest = _rest[(2 + _rest[1])..];
            return true;
        }
    }
}
