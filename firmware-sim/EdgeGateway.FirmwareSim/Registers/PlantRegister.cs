using System.Buffers.Binary;

namespace EdgeGateway.FirmwareSim.Registers;

/// <summary>A register that shows something of the plant. Thread-safe once built.</summary>
internal abstract class PlantRegister(RegisterSpec spec, Refresh refresh)
{
    public RegisterSpec Spec { get; } = spec;

    public RegisterFaults Faults { get; } = new();

    protected Refresh Refresh { get; } = refresh;

    /// <summary>The bits read at <paramref name="now"/>, in the low 16 or all 32.</summary>
    public uint Read(long now)
    {
        now = Faults.Thaw(now);
        if (Faults.ReadsZero(now)) return 0;
        if (Faults.Sentinel(now) is { } high) return Spec.Width == 1 ? (uint)high : Words((uint)high, (high & 1) == 0 ? 0 : (uint)ushort.MaxValue);
        if (Faults.Torn(now) is not { } by) return Show(now);
        // Which half is the older one depends on what the device was about when it was asked.
        var (old, fresh) = (Show(now - by), Show(now));
        return Refresh.Count(now) % 2 == 0 ? Words(old >> 16, fresh) : Words(fresh >> 16, old);
    }

    private static uint Words(uint high, uint low) => (high << 16) | (low & ushort.MaxValue);

    /// <summary>Writes those of its words that lie in a block of registers from <paramref name="first"/>.</summary>
    public void CopyTo(Span<byte> block, int first, long now)
    {
        var offset = (Spec.Address - first) * 2;
        var width = Spec.Width * 2;
        if (offset <= -width || offset >= block.Length) return;
        Span<byte> bytes = stackalloc byte[4];
        var value = Read(now);
        BinaryPrimitives.WriteUInt32BigEndian(bytes, width == 2 ? value << 16 : value);
        for (var i = 0; i < width; i++)
        {
            if ((uint)(offset + i) < (uint)block.Length) block[offset + i] = bytes[i];
        }
    }

    protected abstract uint Show(long now);
}
