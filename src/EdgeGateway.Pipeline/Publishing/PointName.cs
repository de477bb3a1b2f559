using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Pipeline.Publishing;

/// <summary>A point as publishers name it. All but the device it shares with the points that are described alike. Immutable.</summary>
public sealed record PointName
{
    private readonly PointTerms _terms;

    /// <summary>A point by itself.</summary>
    /// <param name="device">Its device.</param>
    /// <param name="name">Its key.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="unit">Unit of measure.</param>
    /// <param name="step">One register step in that unit, for counters.</param>
    /// <param name="ratio">CT × PT, for counters.</param>
    public PointName(string device, string name, PointKind kind, UnitOfMeasure unit, ExactDecimal step, ExactDecimal ratio) : this(device, new PointTerms(name, kind, unit, step, ratio))
    {
    }

    private PointName(string device, PointTerms terms) => (Device, _terms) = (device, terms);

    /// <summary>Its device.</summary>
    public string Device { get; init; }

    /// <summary>Its key.</summary>
    public string Name { get => _terms.Name; init => _terms = _terms with { Name = value }; }

    /// <summary>Its kind.</summary>
    public PointKind Kind => _terms.Kind;

    /// <summary>Unit of measure.</summary>
    public UnitOfMeasure Unit { get => _terms.Unit; init => _terms = _terms with { Unit = value }; }

    /// <summary>One register step in that unit, for counters.</summary>
    public ExactDecimal Step { get => _terms.Step; init => _terms = _terms with { Step = value }; }

    /// <summary>CT × PT, for counters.</summary>
    public ExactDecimal Ratio => _terms.Ratio;

    /// <summary><c>device.point</c>.</summary>
    public string Path => Device + "." + Name;

    /// <summary>The same, sharing its terms with the first of <paramref name="known"/> that are equal.</summary>
    internal PointName Sharing(HashSet<PointTerms> known)
    {
        if (known.TryGetValue(_terms, out var terms)) return new PointName(Device, terms);
        known.Add(_terms);
        return this;
    }

    /// <summary>The value of a counter, steps × <see cref="Step"/> × <see cref="Ratio"/>, exactly; its exponent is that of step × ratio without trailing zeros.</summary>
    /// <returns>False where step × ratio is out of range.</returns>
    public bool TryCounterValue(long steps, out Int128 mantissa, out int exponent)
    {
        var (step, ratio) = (Step.Normalize(), Ratio.Normalize());
        var factor = (Int128)step.Mantissa * ratio.Mantissa;
        (mantissa, exponent) = (0, step.Exponent + ratio.Exponent);
        if (Int128.Abs(factor) > long.MaxValue) return false;
        while (exponent < 0 && factor % 10 == 0 && factor != 0)
        {
            factor /= 10;
            exponent++;
        }
        mantissa = factor * steps;
        return true;
    }
}
