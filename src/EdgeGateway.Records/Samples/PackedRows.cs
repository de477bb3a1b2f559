using System.Buffers;
using EdgeGateway.Records.Binary;

namespace EdgeGateway.Records.Samples;

/// <summary>Codec 2: the count; then point ids, times, qualities, spreads and shapes, each as runs of (value, length); then the values, row by row.</summary>
/// <remarks>
/// <para>One answer of a device is one run a column: its points have neighbouring ids, one time, one quality, one spread. What is left is the values, see <see cref="PackedNumber"/>.</para>
/// <para>Ids: difference to the id that would follow, then ids rise by one. Times: difference to the run before. Shape: which value columns are not zero. No column says how many runs it has: they end where their lengths reach the count.</para>
/// </remarks>
internal static class PackedRows
{
    private const byte HasNumber = 1, HasInteger = 2, HasText = 4, AllShapes = 7;

    public static void Encode(SampleBlock block, ReadOnlySpan<int> pointIds, IBufferWriter<byte> output)
    {
        var w = new ByteWriter(output);
        w.Unsigned((ulong)block.Count);
        var slots = block.Slots;
        long follows = 0;
        for (int i = 0, n; i < slots.Length; i += n)
        {
            var id = pointIds[slots[i]];
            for (n = 1; i + n < slots.Length && pointIds[slots[i + n]] == (long)id + n;) n++;
            Run(w, id - follows, n);
            follows = (long)id + n;
        }
        var times = block.Times;
        long before = 0;
        for (int i = 0, n; i < times.Length; i += n)
        {
            n = Same(times[i..]);
            Run(w, unchecked(times[i] - before), n);
            before = times[i];
        }
        var qualities = block.Qualities;
        for (int i = 0, n; i < qualities.Length; i += n)
        {
            n = Same(qualities[i..]);
            w.Byte((byte)qualities[i]);
            w.Unsigned((ulong)n);
        }
        var spreads = block.Spreads;
        for (int i = 0, n; i < spreads.Length; i += n)
        {
            n = Same(spreads[i..]);
            Run(w, spreads[i], n);
        }
        for (int i = 0, n; i < slots.Length; i += n)
        {
            var shape = ShapeOf(block, i);
            for (n = 1; i + n < slots.Length && ShapeOf(block, i + n) == shape;) n++;
            w.Byte(shape);
            w.Unsigned((ulong)n);
        }
        Values(block, w);
    }

    public static bool TryDecode<TSink>(ReadOnlySpan<byte> body, ref TSink sink) where TSink : ISampleRowSink, allows ref struct
    {
        var ids = new ByteReader(body);
        var most = ids.Unsigned(SampleBlockCodec.MostRows);
        if (ids.Failed) return false;
        var count = (int)most;
        var times = Skip(ids, count, bytes: false);
        var qualities = Skip(times, count, bytes: false);
        var spreads = Skip(qualities, count, bytes: true);
        var shapes = Skip(spreads, count, bytes: false);
        var values = Skip(shapes, count, bytes: true);
        if (values.Failed) return false;
        long id = 0, time = 0, spread = 0, quality = 0, shape = 0;
        int idLeft = 0, timeLeft = 0, spreadLeft = 0, qualityLeft = 0, shapeLeft = 0;
        for (var i = 0; i < count; i++)
        {
            if (idLeft == 0) id = unchecked(id + Next(ref ids, ref idLeft));
            if (timeLeft == 0) time = unchecked(time + Next(ref times, ref timeLeft));
            if (qualityLeft == 0) (quality, qualityLeft) = (qualities.Byte(), (int)qualities.Unsigned());
            if (spreadLeft == 0) spread = Next(ref spreads, ref spreadLeft);
            if (shapeLeft == 0) (shape, shapeLeft) = (shapes.Byte(), (int)shapes.Unsigned());
            var number = (shape & HasNumber) != 0 ? PackedNumber.Read(ref values) : 0;
            var integer = (shape & HasInteger) != 0 ? values.Signed() : 0;
            var text = (shape & HasText) != 0 ? values.Text() : null;
            if (values.Failed || shape > AllShapes || id is < 0 or > int.MaxValue || spread is < int.MinValue or > int.MaxValue) return false;
            sink.Row((int)id, time, (int)spread, number, integer, (Quality)quality, text);
            (id, idLeft, timeLeft, qualityLeft, spreadLeft, shapeLeft) = (id + 1, idLeft - 1, timeLeft - 1, qualityLeft - 1, spreadLeft - 1, shapeLeft - 1);
        }
        return values.AtEnd;
    }

    private static void Values(SampleBlock block, ByteWriter w)
    {
        var numbers = block.Numbers;
        var integers = block.Integers;
        for (var i = 0; i < numbers.Length; i++)
        {
            var shape = ShapeOf(block, i);
            if ((shape & HasNumber) != 0) PackedNumber.Write(w, numbers[i]);
            if ((shape & HasInteger) != 0) w.Signed(integers[i]);
            if ((shape & HasText) != 0) w.Text(block.Text(i));
        }
    }

    private static byte ShapeOf(SampleBlock block, int row) =>
        (byte)((BitConverter.DoubleToInt64Bits(block.Numbers[row]) != 0 ? HasNumber : 0) | (block.Integers[row] != 0 ? HasInteger : 0) | (block.Text(row) is not null ? HasText : 0));

    private static void Run(ByteWriter w, long value, int length)
    {
        w.Signed(value);
        w.Unsigned((ulong)length);
    }

    /// <summary>How many values at the front are alike.</summary>
    private static int Same<T>(ReadOnlySpan<T> values) where T : unmanaged, IEquatable<T>
    {
        var other = values.IndexOfAnyExcept(values[0]);
        return other < 0 ? values.Length : other;
    }

    private static int Same(ReadOnlySpan<Quality> values) => Same(System.Runtime.InteropServices.MemoryMarshal.Cast<Quality, byte>(values));

    /// <summary>The reader behind a column's runs; failed where they do not reach the count exactly.</summary>
    private static ByteReader Skip(ByteReader column, int count, bool bytes)
    {
        for (var rows = 0; rows < count && !column.Failed;)
        {
            if (bytes) column.Byte();
            else column.Signed();
            var length = column.Unsigned((ulong)(count - rows));
            // A run of none would never end.
            if (length == 0) column.Raw(-1);
            rows += (int)length;
        }
        return column;
    }

    private static long Next(ref ByteReader column, ref int left)
    {
        var value = column.Signed();
        left = (int)column.Unsigned();
        return value;
    }
}
