using System.Buffers;
using EdgeGateway.Records.Binary;

namespace EdgeGateway.Records.Samples;

/// <summary>Durable form of a block's samples in the input log. Points are named by persisted id, never by slot.</summary>
/// <remarks>
/// Codec 1: count, then a row a sample: tag (which columns are not zero), quality, point id and time as differences to the row before, spread, values.
/// The codec number stands beside the body in the log, so a denser one can follow without touching old entries.
/// </remarks>
public static class SampleBlockCodec
{
    /// <summary>The codec this class writes.</summary>
    public const byte Plain = 1;

    private const byte HasNumber = 1, HasInteger = 2, HasText = 4, HasSpread = 8;

    /// <summary>Appends <paramref name="block"/> to <paramref name="output"/>.</summary>
    /// <param name="block">Read only; stays the caller's.</param>
    /// <param name="pointIds">Persisted id of each slot of the plan in force.</param>
    /// <param name="output">Receives the body.</param>
    public static void Encode(SampleBlock block, ReadOnlySpan<int> pointIds, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(block);
        var w = new ByteWriter(output);
        w.Unsigned((ulong)block.Count);
        var slots = block.Slots;
        var times = block.Times;
        var spreads = block.Spreads;
        var numbers = block.Numbers;
        var integers = block.Integers;
        var qualities = block.Qualities;
        long lastId = 0, lastTime = 0;
        for (var i = 0; i < slots.Length; i++)
        {
            var text = block.Text(i);
            var hasNumber = BitConverter.DoubleToInt64Bits(numbers[i]) != 0;
            w.Byte((byte)((hasNumber ? HasNumber : 0) | (integers[i] != 0 ? HasInteger : 0) | (text is not null ? HasText : 0) | (spreads[i] != 0 ? HasSpread : 0)));
            w.Byte((byte)qualities[i]);
            var id = pointIds[slots[i]];
            w.Signed(id - lastId);
            w.Signed(times[i] - lastTime);
            lastId = id;
            lastTime = times[i];
            if (spreads[i] != 0) w.Signed(spreads[i]);
            if (hasNumber) w.Double(numbers[i]);
            if (integers[i] != 0) w.Signed(integers[i]);
            if (text is not null) w.Text(text);
        }
    }

    /// <summary>Reads a body of codec <paramref name="codec"/> row by row into <paramref name="sink"/>.</summary>
    /// <returns>False where the codec is unknown or the body is damaged; rows before the damage have been delivered.</returns>
    public static bool TryDecode<TSink>(byte codec, ReadOnlySpan<byte> body, ref TSink sink) where TSink : ISampleRowSink, allows ref struct
    {
        if (codec != Plain) return false;
        var r = new ByteReader(body);
        var count = r.Count(4);
        long id = 0, time = 0;
        for (var i = 0; i < count && !r.Failed; i++)
        {
            var tag = r.Byte();
            var quality = (Quality)r.Byte();
            id += r.Signed();
            time += r.Signed();
            var spread = (tag & HasSpread) != 0 ? r.Int32() : 0;
            var number = (tag & HasNumber) != 0 ? r.Double() : 0;
            var integer = (tag & HasInteger) != 0 ? r.Signed() : 0;
            var text = (tag & HasText) != 0 ? r.Text() : null;
            if (r.Failed || id is < 0 or > int.MaxValue) return false;
            sink.Row((int)id, time, spread, number, integer, quality, text);
        }
        return r.AtEnd;
    }
}

/// <summary>Receives decoded samples, one call a row, in the order they were written.</summary>
public interface ISampleRowSink
{
    /// <summary>One sample of the point with persisted id <paramref name="pointId"/>; columns as in <see cref="SampleBlock"/>.</summary>
    void Row(int pointId, long time, int spread, double number, long integer, Quality quality, string? text);
}
