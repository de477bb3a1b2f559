using System.Buffers;

namespace EdgeGateway.Publishers.Influx.Sending;

/// <summary>Lines of one write in one buffer, each with the item that it belongs to, so that an answer about a line reaches its item. Reused; not thread-safe.</summary>
internal sealed class LineBatch : IBufferWriter<byte>
{
    private const int FirstSize = 64 * 1024, KeptSize = 4 * 1024 * 1024;
    private readonly List<(int End, int Item)> _lines = [];
    private byte[] _bytes = new byte[FirstSize];

    /// <summary>Bytes in it.</summary>
    public int Length { get; private set; }

    /// <summary>Lines in it.</summary>
    public int Count => _lines.Count;

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        _lines.Clear();
        Length = 0;
        if (_bytes.Length > KeptSize) _bytes = new byte[FirstSize];
    }

    /// <summary>Says that the line just written belongs to <paramref name="item"/>.</summary>
    public void EndLine(int item) => _lines.Add((Length, item));

    /// <summary>Takes back all lines behind the first <paramref name="count"/>.</summary>
    public void Shorten(int count)
    {
        _lines.RemoveRange(count, _lines.Count - count);
        Length = StartOf(count);
    }

    /// <summary>The item of a line.</summary>
    public int ItemOf(int line) => _lines[line].Item;

    /// <summary>The lines [<paramref name="from"/>, <paramref name="to"/>) as they go on the wire; valid until the next change.</summary>
    public ReadOnlyMemory<byte> Lines(int from, int to) => _bytes.AsMemory(StartOf(from)..StartOf(to));

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_bytes.Length - Length < Math.Max(1, sizeHint)) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, checked(Length + sizeHint)));
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    private int StartOf(int line) => line == 0 ? 0 : _lines[line - 1].End;
}
