using System.Collections.Immutable;
using EdgeGateway.Modbus.Pdu;

namespace EdgeGateway.Modbus.Planning;

/// <summary>One planned request: which registers, how often, and which points lie in its answer. Immutable; thread-safe.</summary>
public sealed class ReadBlock
{
    private readonly byte[] _pdu = new byte[ReadRequest.Length];

    internal ReadBlock(ReadOnlySpan<PointSpan> sorted)
    {
        var first = sorted[0];
        var end = first.End;
        foreach (var span in sorted) end = Math.Max(end, span.End);
        Request = new ReadRequest(first.Function, (ushort)first.Address, checked((ushort)(end - first.Address)));
        PeriodMicros = first.PeriodMicros;
        var items = ImmutableArray.CreateBuilder<BlockItem>(sorted.Length);
        foreach (var span in sorted) items.Add(new BlockItem(span.Key, 2 * (span.Address - first.Address), span.Width));
        Items = items.MoveToImmutable();
        Request.Write(_pdu);
    }

    /// <summary>The request.</summary>
    public ReadRequest Request { get; }

    /// <summary>Its PDU, ready to be framed.</summary>
    public ReadOnlySpan<byte> Pdu => _pdu;

    /// <summary>Poll period in microseconds.</summary>
    public long PeriodMicros { get; }

    /// <summary>Points in its answer, by address.</summary>
    public ImmutableArray<BlockItem> Items { get; }

    /// <summary>Halves the block between two of its points, for a device that refuses it as a whole; false where it holds a single one.</summary>
    public bool TrySplit(out ReadBlock left, out ReadBlock right)
    {
        left = right = this;
        if (Items.Length < 2) return false;
        var half = Items.Length / 2;
        var spans = new PointSpan[Items.Length];
        for (var i = 0; i < spans.Length; i++) spans[i] = new PointSpan(Items[i].Key, Request.Function, Request.Address + Items[i].Offset / 2, Items[i].Width, PeriodMicros);
        left = new ReadBlock(spans.AsSpan(0, half));
        right = new ReadBlock(spans.AsSpan(half));
        return true;
    }

    /// <summary>For messages: <c>holding registers 100-119</c>.</summary>
    public override string ToString()
    {
        var table = Request.Function == FunctionCode.ReadInputRegisters ? "input" : "holding";
        return Request.Count == 1 ? $"{table} register {Request.Address}" : $"{table} registers {Request.Address}-{Request.Address + Request.Count - 1}";
    }
}
