using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Pipeline.Buses;

namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>The registers that came last for every point of a bus, for screens. Nothing is kept before somebody asks for the first time; from then on two bytes a register, and a time and a name a point. Thread-safe.</summary>
/// <param name="layout">Where the registers lie.</param>
/// <param name="plan">What the points are called.</param>
internal sealed class LastRegisters(BusLayout layout, BusPlan plan)
{
    private readonly Lock _gate = new();
    private Kept? _kept;

    /// <summary>Keeps a point's registers; allocates nothing.</summary>
    public void Keep(int point, long time, ReadOnlySpan<byte> registers)
    {
        if (Volatile.Read(ref _kept) is not { } kept) return;
        lock (_gate)
        {
            registers.CopyTo(kept.Of(point));
            kept.Times[point] = time;
        }
    }

    /// <summary>What came last for a point; null where nothing came since somebody asked first.</summary>
    /// <param name="path">The point, as <c>device.point</c>.</param>
    public RawReading? Of(string path)
    {
        lock (_gate)
        {
            if (_kept is not { } kept)
            {
                Volatile.Write(ref _kept, new Kept(layout, plan));
                return null;
            }
            if (!kept.Points.TryGetValue(path, out var point)) return null;
            return kept.Times[point] == long.MinValue ? null : new RawReading(kept.Times[point], Words(kept.Of(point)));
        }
    }

    private static string Words(ReadOnlySpan<byte> registers)
    {
        var words = Convert.ToHexString(registers);
        return words.Length <= 4 ? words : string.Join(' ', words.Chunk(4).Select(w => new string(w)));
    }

    private sealed class Kept
    {
        private readonly byte[] _bytes;
        private readonly int[] _ends;

        public Kept(BusLayout layout, BusPlan plan)
        {
            Points = plan.Devices.SelectMany(d => d.Points).Select((p, i) => KeyValuePair.Create(p.Map.Path, i)).ToDictionary(StringComparer.Ordinal);
            _ends = new int[layout.Points.Length];
            foreach (var item in layout.Devices.SelectMany(d => d.Plan).SelectMany(b => b.Items.Select(i => (i.Key, Bytes: b.Request.Function.IsBits() ? 2 : 2 * i.Width)))) _ends[item.Key] = item.Bytes;
            for (var i = 1; i < _ends.Length; i++) _ends[i] += _ends[i - 1];
            _bytes = new byte[_ends.Length == 0 ? 0 : _ends[^1]];
            Times = new long[_ends.Length];
            Times.AsSpan().Fill(long.MinValue);
        }

        /// <summary>Keys by path.</summary>
        public Dictionary<string, int> Points { get; }

        public long[] Times { get; }

        public Span<byte> Of(int point)
        {
            var start = point == 0 ? 0 : _ends[point - 1];
            return _bytes.AsSpan(start, _ends[point] - start);
        }
    }
}
