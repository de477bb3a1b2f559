using System.Globalization;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.Pipeline.Buses;

namespace EdgeGateway.Drivers.OpcUa.Points;

/// <summary>The number a server told last for a point, as it told it, for screens. One thread writes, any reads; a reader never gets half of two.</summary>
internal sealed class ToldNumber
{
    private long _time = long.MinValue;
    private ulong _bits;
    private byte _type;

    /// <summary>Keeps what a sample was made of.</summary>
    public void Keep(long time, (BuiltInType Type, ulong Bits) told)
    {
        Volatile.Write(ref _time, long.MinValue);
        Volatile.Write(ref _bits, told.Bits);
        Volatile.Write(ref _type, (byte)told.Type);
        if (told.Type != BuiltInType.Null) Volatile.Write(ref _time, time);
    }

    /// <summary>What was kept last; null where nothing was, or it changes at this moment.</summary>
    public RawReading? Now
    {
        get
        {
            var time = Volatile.Read(ref _time);
            var (bits, type) = (Volatile.Read(ref _bits), (BuiltInType)Volatile.Read(ref _type));
            return time == long.MinValue || Volatile.Read(ref _time) != time ? null : new RawReading(time, $"{type} {Text(type, bits)}");
        }
    }

    private static string Text(BuiltInType type, ulong bits) => type switch
    {
        BuiltInType.Double => BitConverter.UInt64BitsToDouble(bits).ToString("R", CultureInfo.InvariantCulture),
        BuiltInType.Float => BitConverter.UInt32BitsToSingle((uint)bits).ToString("R", CultureInfo.InvariantCulture),
        BuiltInType.UInt64 => bits.ToString(CultureInfo.InvariantCulture),
        _ => ((long)bits).ToString(CultureInfo.InvariantCulture),
    };
}
