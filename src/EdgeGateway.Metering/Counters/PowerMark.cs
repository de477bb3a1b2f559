using EdgeGateway.Records.Binary;

namespace EdgeGateway.Metering.Counters;

/// <summary>How far a gauge of power had been integrated: the difference of two says what flowed meanwhile, and how much of the time was observed.</summary>
/// <param name="Integral">Value × seconds.</param>
/// <param name="Covered">Microseconds observed.</param>
internal readonly record struct PowerMark(double Integral, long Covered)
{
    public void Save(ByteWriter w)
    {
        w.Double(Integral);
        w.Signed(Covered);
    }

    public static PowerMark Load(ref ByteReader r) => new(r.Double(), r.Signed());
}

/// <summary>A gauge of a counter's power.</summary>
internal interface IPowerIntegral
{
    /// <summary>How far it is integrated now.</summary>
    PowerMark Mark { get; }

    /// <summary>kWh for one unit of the integral.</summary>
    double KilowattHours { get; }
}
