namespace EdgeGateway.Modbus.Framing;

/// <summary>The checksum of RTU frames: polynomial 0xA001 (reflected), from 0xFFFF, low byte first on the wire.</summary>
/// <remarks>Pure; nothing is allocated. Source: MODBUS over Serial Line V1.02, 6.2.2.</remarks>
public static class Crc16
{
    private static readonly ushort[] _table = Table();

    /// <summary>The checksum of <paramref name="bytes"/>.</summary>
    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        var table = _table;
        uint crc = 0xFFFF;
        foreach (var b in bytes) crc = table[(byte)(crc ^ b)] ^ (crc >> 8);
        return (ushort)crc;
    }

    private static ushort[] Table()
    {
        var table = new ushort[256];
        for (var i = 0; i < table.Length; i++)
        {
            var crc = (uint)i;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1;
            table[i] = (ushort)crc;
        }
        return table;
    }
}
