using EdgeGateway.LineProtocol.Lines;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Publishers.Influx.Points;

/// <summary>Names that all points share.</summary>
internal static class Measurements
{
    public const string Record = "_record", Sample = "_sample", Event = "_event", Status = "_status";
    public const string Gateway = "gateway", Unit = "unit", Kind = "kind", Id = "id", Device = "device", Point = "point", EventName = "event", Subject = "subject";

    private const long NanosPerMicro = 1000;

    /// <summary>Whether there is a value to believe; of every point the same type.</summary>
    public static readonly FieldKey Ok = new("ok", FieldType.Boolean);

    /// <summary>UTC nanoseconds, as lines have them.</summary>
    /// <exception cref="Pipeline.Publishing.PayloadException">The time lies outside the years 1678 to 2261.</exception>
    public static long Nanos(long micros) => Math.Abs(micros) <= long.MaxValue / NanosPerMicro - 1
        ? micros * NanosPerMicro
        : throw new Pipeline.Publishing.PayloadException("A time lies outside the years 1678 to 2261, which InfluxDB can hold.");

    /// <summary>The instant of a clock, likewise.</summary>
    public static long Nanos(DateTimeOffset instant) => Nanos(UtcMicros.From(instant));
}
