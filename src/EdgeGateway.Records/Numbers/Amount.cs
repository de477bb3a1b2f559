namespace EdgeGateway.Records.Numbers;

/// <summary>An exact amount of a carrier or of output in the base unit of its dimension (kWh, piece): a count of 10⁻¹²/65 536 of it.</summary>
/// <remarks>Sums of inputs with unlike steps and ratios stay exact; rounding happens once, when a figure is rendered.</remarks>
/// <param name="Quanta">Count of 10⁻¹²/65 536 base units; negative where a net counter fell.</param>
public readonly record struct Amount(Int128 Quanta)
{
    /// <summary>The finest decimal place of step × ratio × unit that stays exact; <c>validate</c> refuses finer ones.</summary>
    public const int MinExponent = -12;

    private const int Places = 6;
    private static readonly Int128 QuantaPerBase = (Int128)65_536 * 1_000_000_000_000;

    /// <summary>The amount that a total moved by: <paramref name="deltaT"/> in 1/65 536 of a register step.</summary>
    /// <exception cref="OverflowException">step × ratio × unit is finer than 10⁻¹² or the amount is beyond 10²⁰ base units.</exception>
    public static Amount Of(long deltaT, ExactDecimal step, ExactDecimal ratio, UnitOfMeasure unit) => Of(deltaT, step, ratio, unit.ToBase());

    private static Amount Of(long deltaT, ExactDecimal step, ExactDecimal ratio, ExactDecimal toBase)
    {
        var factor = step.Multiply(ratio).Multiply(toBase);
        if (factor.Exponent < MinExponent) throw new OverflowException("Step × ratio is finer than 10⁻¹² of the base unit.");
        var quanta = checked((Int128)deltaT * factor.Mantissa);
        for (var e = MinExponent; e < factor.Exponent; e++) quanta = checked(quanta * 10);
        return new Amount(quanta);
    }

    /// <summary>The same, in base units of <paramref name="dimension"/>: of a heat meter that counts kWh, the MJ.</summary>
    /// <exception cref="OverflowException">As the other, or the unit cannot be turned into the dimension.</exception>
    public static Amount Of(long deltaT, ExactDecimal step, ExactDecimal ratio, UnitOfMeasure unit, Dimension dimension) =>
        Of(deltaT, step, ratio, unit.ToBaseOf(dimension) ?? throw new OverflowException($"An amount in {unit.Symbol()} is none of {dimension}."));

    /// <summary>A whole number of base units.</summary>
    public static Amount Whole(long value) => new(QuantaPerBase * value);

    /// <summary>Sum.</summary>
    public static Amount operator +(Amount a, Amount b) => new(checked(a.Quanta + b.Quanta));

    /// <summary>Difference.</summary>
    public static Amount operator -(Amount a, Amount b) => new(checked(a.Quanta - b.Quanta));

    /// <summary>Sum.</summary>
    public static Amount Add(Amount a, Amount b) => a + b;

    /// <summary>Difference.</summary>
    public static Amount Subtract(Amount a, Amount b) => a - b;

    /// <summary>Rounded half to even to six places.</summary>
    /// <exception cref="OverflowException">The amount is beyond 9 × 10¹² base units.</exception>
    public ExactDecimal RoundToSix() => new(checked((long)DivideHalfEven(Quanta, QuantaPerBase / 1_000_000)), -Places);

    /// <summary>The nearest double in base units; for bounds and pictures.</summary>
    public double ToDouble() => (double)Quanta / (double)QuantaPerBase;

    /// <summary>This amount per base unit of <paramref name="other"/>, rounded half to even to six places; null where <paramref name="other"/> is zero or a number is beyond 10¹⁴.</summary>
    public ExactDecimal? Per(Amount other)
    {
        const int scale = 1_000_000;
        if (other.Quanta == 0 || Int128.Abs(Quanta) > Int128.MaxValue / scale / 2) return null;
        var quotient = DivideHalfEven(Quanta * scale, other.Quanta);
        return quotient >= long.MinValue && quotient <= long.MaxValue ? new ExactDecimal((long)quotient, -Places) : null;
    }

    /// <summary>This amount × <paramref name="factor"/>, rounded half to even to 10⁻¹²/65 536: kWh × kgCO2/kWh is kgCO2.</summary>
    /// <exception cref="OverflowException">The product is out of range.</exception>
    public Amount Scale(ExactDecimal factor)
    {
        var (scaled, divisor) = (checked(Quanta * factor.Mantissa), Int128.One);
        for (var e = (int)factor.Exponent; e > 0; e--) scaled = checked(scaled * 10);
        for (var e = (int)factor.Exponent; e < 0; e++) divisor *= 10;
        return new Amount(DivideHalfEven(scaled, divisor));
    }

    /// <summary>This amount × <paramref name="part"/> ÷ <paramref name="whole"/>, rounded half to even to 10⁻¹²/65 536; exact where both are the same.</summary>
    /// <exception cref="DivideByZeroException">The whole is zero.</exception>
    /// <exception cref="OverflowException">The share is out of range.</exception>
    public Amount Share(Amount part, Amount whole) => part == whole && whole.Quanta != 0 ? this : new Amount(WideProduct.Divide(Quanta, part.Quanta, whole.Quanta));

    private static Int128 DivideHalfEven(Int128 value, Int128 divisor)
    {
        var (quotient, rest) = Int128.DivRem(value, divisor);
        var twice = Int128.Abs(rest) * 2;
        var size = Int128.Abs(divisor);
        if (twice > size || (twice == size && Int128.IsOddInteger(quotient))) quotient += Int128.Sign(value) * Int128.Sign(divisor);
        return quotient;
    }
}
