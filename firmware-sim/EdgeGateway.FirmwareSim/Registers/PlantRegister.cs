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
        return Faults.ReadsZero(now) ? 0 : Show(now);
    }

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
