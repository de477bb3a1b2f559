using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Metering.Tests.Histories;

/// <summary>Another meter that goes on with another ratio, and what an operator says of it.</summary>
/// <param name="At">When, microseconds from the history's start.</param>
/// <param name="Initial">What it shows first, steps.</param>
/// <param name="Above">A step of it is worth <see cref="Above"/> ÷ <see cref="Below"/> of the old one's.</param>
/// <param name="Below">See <see cref="Above"/>.</param>
/// <param name="Said">When the operator says it.</param>
/// <param name="TellsFinal">Whether the old display was read.</param>
/// <param name="TellsInitial">Whether the new one was.</param>
internal sealed record Exchange(long At, long Initial, int Above, int Below, long Said, bool TellsFinal, bool TellsInitial)
{
    private static readonly (int Above, int Below)[] Ratios = [(2, 1), (4, 1), (40, 1), (3, 2), (1, 2), (1, 4), (3, 4)];

    /// <summary>Units of energy a step of it.</summary>
    public long StepUnits => TrueMeter.StepUnits * Above / Below;

    /// <summary>Its ratio; that of the old one is 1.</summary>
    public ExactDecimal Ratio => ExactDecimal.TryParse((Above / (double)Below).ToString(System.Globalization.CultureInfo.InvariantCulture), out var ratio) ? ratio : default;

    /// <summary>Draws one for a meter that nothing else happens to about that time.</summary>
    public static Exchange Draw(Random random, TrueMeter meter, long length, bool ofDays)
    {
        const long second = 1_000_000;
        var at = random.NextInt64(180 * second, length - 120 * second);
        if (random.Next(6) == 0) at -= at % (60 * second);
        var ratio = Ratios[random.Next(Ratios.Length)];
        var final = (meter.StartValue * TrueMeter.StepUnits + meter.Energy(at)) / TrueMeter.StepUnits;
        if (meter.Plan.Modulus is { } modulus) final %= modulus;
        // What it shows first lies nowhere near the old display: else nobody could tell them apart.
        var initial = final > 400 ? random.NextInt64(0, final / 4) : final + 500 + random.Next(20);
        var said = random.Next(4) switch { 0 => at - random.NextInt64(0, 150 * second), 1 => at + random.NextInt64(0, 30 * second), 2 => at + random.NextInt64(30 * second, 400 * second), _ => random.NextInt64(at, length) };
        if (random.Next(2) == 0) meter.Silent.Add((at - random.NextInt64(0, (ofDays ? 7_200 : 120) * second), at + random.NextInt64(0, (ofDays ? 20_000 : 300) * second)));
        return new Exchange(at, initial, ratio.Above, ratio.Below, Math.Max(0, said), random.Next(4) > 0, random.Next(4) > 0);
    }
}
