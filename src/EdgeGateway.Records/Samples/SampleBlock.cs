namespace EdgeGateway.Records.Samples;

/// <summary>Samples in columns, as a driver reads them and as they travel. Row i is (<see cref="Slots"/>[i], <see cref="Times"/>[i], …) for i below <see cref="Count"/>.</summary>
/// <remarks>
/// A block has one owner at a time and goes through bounded channels; the last owner returns it to its <see cref="SampleBlockPool"/>.
/// Not thread-safe. Columns are as long as <see cref="Capacity"/>; what lies beyond <see cref="Count"/> is rubbish.
/// </remarks>
public sealed class SampleBlock
{
    private readonly int[] _slots;
    private readonly long[] _times;
    private readonly int[] _spreads;
    private readonly double[] _numbers;
    private readonly long[] _integers;
    private readonly Quality[] _qualities;
    private string?[]? _texts;

    /// <summary>A block for at most <paramref name="capacity"/> samples.</summary>
    public SampleBlock(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _slots = new int[capacity];
        _times = new long[capacity];
        _spreads = new int[capacity];
        _numbers = new double[capacity];
        _integers = new long[capacity];
        _qualities = new Quality[capacity];
    }

    /// <summary>How many samples fit.</summary>
    public int Capacity => _slots.Length;

    /// <summary>How many samples there are.</summary>
    public int Count { get; private set; }

    /// <summary>Slot of each sample's point in the plan in force; durable data names points by id instead.</summary>
    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, Count);

    /// <summary>Time of each sample in microseconds: of the machine's boot while a bus holds the block, of UTC once Ingest has shifted it.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    /// <summary>How far each sample's time may be wrong, microseconds: the value was true at some instant within half of it, before or after, of the stamp.</summary>
    public ReadOnlySpan<int> Spreads => _spreads.AsSpan(0, Count);

    /// <summary>Value of gauges in the point's unit of measure; 0 for other kinds.</summary>
    public ReadOnlySpan<double> Numbers => _numbers.AsSpan(0, Count);

    /// <summary>Raw register steps of counters, the mapped code of states; 0 for other kinds.</summary>
    public ReadOnlySpan<long> Integers => _integers.AsSpan(0, Count);

    /// <summary>Quality of each sample; where it is bad, the value columns hold 0.</summary>
    public ReadOnlySpan<Quality> Qualities => _qualities.AsSpan(0, Count);

    /// <summary>Text of sample <paramref name="row"/>, or null where its point is not of kind text.</summary>
    public string? Text(int row) => _texts?[row];

    /// <summary>Appends a gauge's sample; false where the block is full.</summary>
    public bool TryAddGauge(int slot, long time, int spread, double value, Quality quality = Quality.Good) =>
        TryAdd(slot, time, spread, value, 0, quality);

    /// <summary>Appends a counter's (register steps) or a state's (code) sample; false where the block is full.</summary>
    public bool TryAddInteger(int slot, long time, int spread, long value, Quality quality = Quality.Good) =>
        TryAdd(slot, time, spread, 0, value, quality);

    /// <summary>Appends a missing reading: bad, with its reason; false where the block is full.</summary>
    public bool TryAddBad(int slot, long time, int spread, Quality reason) => TryAdd(slot, time, spread, 0, 0, reason);

    /// <summary>Appends a text sample; false where the block is full.</summary>
    public bool TryAddText(int slot, long time, int spread, string text, Quality quality = Quality.Good)
    {
        var row = Count;
        if (!TryAdd(slot, time, spread, 0, 0, quality)) return false;
        (_texts ??= new string?[Capacity])[row] = text;
        return true;
    }

    /// <summary>Appends a row as it stands; false where the block is full.</summary>
    public bool TryAdd(int slot, long time, int spread, double number, long integer, Quality quality)
    {
        var row = Count;
        if (row == _slots.Length) return false;
        _slots[row] = slot;
        _times[row] = time;
        _spreads[row] = spread;
        _numbers[row] = number;
        _integers[row] = integer;
        _qualities[row] = quality;
        Count = row + 1;
        return true;
    }

    /// <summary>Adds <paramref name="offset"/> microseconds to every time: how boot time becomes UTC.</summary>
    public void Shift(long offset)
    {
        if (offset == 0) return;
        foreach (ref var time in _times.AsSpan(0, Count)) time += offset;
    }

    /// <summary>Adds to every time an offset of its own: how boot time becomes UTC while the clock is being corrected.</summary>
    /// <param name="line">What the offsets are worked out of.</param>
    /// <param name="offset">Offset of a time.</param>
    public void Shift<T>(in T line, Func<T, long, long> offset)
    {
        ArgumentNullException.ThrowIfNull(offset);
        foreach (ref var time in _times.AsSpan(0, Count)) time += offset(line, time);
    }

    /// <summary>Gives every row the slot that <paramref name="slots"/> holds at its present one; rows whose new slot is negative are dropped. How a block of a bus that was made for an earlier plan becomes one of the plan in force.</summary>
    /// <returns>How many rows were dropped.</returns>
    public int Remap(ReadOnlySpan<int> slots)
    {
        var kept = 0;
        for (var row = 0; row < Count; row++)
        {
            var slot = slots[_slots[row]];
            if (slot < 0) continue;
            _slots[kept] = slot;
            if (kept < row)
            {
                (_times[kept], _spreads[kept], _numbers[kept], _integers[kept], _qualities[kept]) = (_times[row], _spreads[row], _numbers[row], _integers[row], _qualities[row]);
                if (_texts is not null) (_texts[kept], _texts[row]) = (_texts[row], null);
            }
            kept++;
        }
        var dropped = Count - kept;
        if (_texts is not null) Array.Clear(_texts, kept, dropped);
        Count = kept;
        return dropped;
    }

    /// <summary>Empties the block.</summary>
    public void Clear()
    {
        if (_texts is not null) Array.Clear(_texts, 0, Count);
        Count = 0;
    }
}
