namespace EdgeGateway.OpcUa.Encoding;

/// <summary>DateTime of the wire (100 ns since 1601-01-01 UTC) against microseconds since 1970-01-01 UTC (OPC 10000-6, 5.2.2.5).</summary>
public static class UaTime
{
    private const long EpochMicros = 11_644_473_600_000_000;

    /// <summary>"No time": what the wire writes as 0, or as the end of the year 9999.</summary>
    public const long None = long.MinValue;

    /// <summary>UTC microseconds of wire ticks, or <see cref="None"/>.</summary>
    public static long ToMicros(long ticks) => ticks <= 0 || ticks == long.MaxValue ? None : ticks / 10 - EpochMicros;

    /// <summary>Wire ticks of UTC microseconds; 0 for <see cref="None"/> and what lies before 1601.</summary>
    public static long ToTicks(long micros) => micros == None || micros <= -EpochMicros ? 0 : micros > long.MaxValue / 10 - EpochMicros ? long.MaxValue : (micros + EpochMicros) * 10;
}
