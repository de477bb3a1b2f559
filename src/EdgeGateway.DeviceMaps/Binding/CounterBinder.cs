using System.Globalization;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Records.Numbers;
using P = EdgeGateway.DeviceMaps.Options.MapOptions.Point;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>What a counter counts and how fast it may.</summary>
/// <param name="Unit">Its unit.</param>
/// <param name="RatedPerSecond">In that unit per second, on the primary side; null where that is not known.</param>
internal readonly record struct CounterRating(UnitOfMeasure Unit, double? RatedPerSecond);

/// <summary>Checks what makes a register a counter: a unit that adds up, a rating, and totals that stay exact for thirty years.</summary>
internal sealed class CounterBinder(FaultList faults)
{
    // Room of a total: 2^47 register steps.
    private const double TotalSteps = 140_737_488_355_328;
    private const double ThirtyYearsSeconds = 30 * 365.25 * 86_400;

    // 1.2 × rated is what metering still believes.
    private const double Believed = 1.2;

    // Amounts count 10^-12/65 536 in 128 bits: beyond this a step times a full total would not fit.
    private const double GreatestStep = 10_000_000;

    /// <summary>Unit and rating; clears <paramref name="ok"/> where something is wrong.</summary>
    public CounterRating Bind(string thing, OptionValues values, MapTable table, PointDefaults device, TimeSpan poll, ref bool ok)
    {
        if (Unit(thing, values, table) is not { } unit)
        {
            ok = false;
            return default;
        }
        ok &= LagFits(values, unit);
        var rated = Rated(thing, values, table, device, unit);
        if (rated is null) ok = false;
        ok &= StepIsExact(thing, values, device, unit, out var step);
        if (ok && rated is { } rate) ok = TotalHasRoom(values, rate / step) & WrapIsSeen(values, rate / step, poll);
        return new CounterRating(unit, rated);
    }

    private UnitOfMeasure? Unit(string thing, OptionValues values, MapTable table)
    {
        if (!values.Has(P.Unit))
        {
            if (table.Find(P.Unit.Key) is not null || (table.Find(P.MaxRate.Key) is not null && !values.Has(P.MaxRate))) return null;
            if (values.Has(P.MaxRate) && values.Get(P.MaxRate).Amount.Unit is UnitOfMeasure.None or UnitOfMeasure.Piece) return UnitOfMeasure.Piece;
            faults.Add(values.Mark, $"'unit' is missing in {thing}: a counter counts what adds up, such as kWh, m³, Nm³, t, GJ or piece.");
            return null;
        }
        var unit = values.Get(P.Unit);
        if (unit.Measures().AddsUp()) return unit;
        faults.Add(values.MarkOf(P.Unit), $"unit: {unit.Symbol()} does not add up: a counter counts what does, such as kWh, m³, Nm³, t, GJ or piece.");
        return null;
    }

    private double? Rated(string thing, OptionValues values, MapTable table, PointDefaults device, UnitOfMeasure unit)
    {
        var energy = unit.Measures() == Dimension.Energy;
        if (values.Has(P.RatedPower) && !energy)
        {
            faults.Add(values.MarkOf(P.RatedPower), "rated_power: only counters of energy have it: rate this one with max_rate, such as 60/min.");
            return null;
        }
        if (values.Has(P.RatedPower) && values.Has(P.MaxRate))
        {
            faults.Add(values.MarkOf(P.MaxRate), "max_rate: rated_power is given too: keep one.");
            return null;
        }
        if (values.Has(P.MaxRate)) return Rated(values, unit);
        var faulty = table.Find(P.MaxRate.Key) is not null || table.Find(P.RatedPower.Key) is not null && !values.Has(P.RatedPower);
        if (energy && (values.Has(P.RatedPower) ? values.Get(P.RatedPower) : device.RatedPower) is { } power)
        {
            return power.InBaseUnits / 3600 / unit.ToBase().ToDouble();
        }
        if (faulty || (energy && device.RatingIsFaulty)) return null;
        faults.Add(values.Mark, energy
            ? $"{thing} has no rating: give its device 'rated_power', such as 75 kW, so that impossible jumps are not counted."
            : $"{thing} has no rating: give it 'max_rate', such as 60/min, so that impossible jumps are not counted.");
        return null;
    }

    private double? Rated(OptionValues values, UnitOfMeasure unit)
    {
        var rate = values.Get(P.MaxRate);
        if (rate.Amount.Unit == UnitOfMeasure.None) return rate.PerSecond;
        if (rate.Amount.Unit.Measures() == unit.Measures()) return rate.PerSecond * rate.Amount.Unit.ToBase().ToDouble() / unit.ToBase().ToDouble();
        faults.Add(values.MarkOf(P.MaxRate), $"max_rate: {rate} is a rate of {rate.Amount.Unit.Symbol()}, but the point counts {unit.Symbol()}.");
        return null;
    }

    private bool LagFits(OptionValues values, UnitOfMeasure unit)
    {
        if (!values.Has(P.Lag) || unit.Measures() == Dimension.Count) return true;
        faults.Add(values.MarkOf(P.Lag), "lag: only counters of pieces have it.");
        return false;
    }

    private bool StepIsExact(string thing, OptionValues values, PointDefaults device, UnitOfMeasure unit, out double step)
    {
        var resolution = values.Get(P.Resolution);
        var ratio = PointBinder.Ratio(values, unit, device);
        step = resolution.ToDouble() * ratio.ToDouble();
        var mark = values.Has(P.Resolution) ? values.MarkOf(P.Resolution) : values.MarkOf(P.Ratio);
        if (resolution.Mantissa < 0)
        {
            faults.Add(mark, "resolution: a counter's step must be above 0.");
            return false;
        }
        var exact = PointBinder.Product(resolution, ratio) is { } scale ? PointBinder.Product(scale, unit.ToBase()) : null;
        var symbol = unit.Measures().BaseUnit().Symbol();
        var tooFine = exact is { } fits ? fits.Exponent < Amount.MinExponent : step < GreatestStep;
        if (!tooFine && exact is { } value && value.ToDouble() <= GreatestStep) return true;
        faults.Add(mark, tooFine
            ? $"{thing}: resolution × ratio has more decimal places than the 12 of a {symbol} that sums stay exact in: round it."
            : $"{thing}: one step of resolution × ratio is more than 10 000 000 {symbol}: check both.");
        return false;
    }

    private bool TotalHasRoom(OptionValues values, double stepsPerSecond)
    {
        if (stepsPerSecond * ThirtyYearsSeconds <= TotalSteps) return true;
        var mark = values.Has(P.MaxRate) ? values.MarkOf(P.MaxRate) : values.Has(P.Resolution) ? values.MarkOf(P.Resolution) : values.Mark;
        faults.Add(mark, string.Create(CultureInfo.InvariantCulture,
            $"The rating allows {stepsPerSecond:0} register steps a second, so that a total would be full in {TotalSteps / stepsPerSecond / 365.25 / 86_400:0.0} years; 30 must fit: check rating and resolution."));
        return false;
    }

    private bool WrapIsSeen(OptionValues values, double stepsPerSecond, TimeSpan poll)
    {
        if (!values.Has(P.Modulus)) return true;
        var wrap = values.Get(P.Modulus) / (Believed * stepsPerSecond);
        if (poll.TotalSeconds < wrap) return true;
        faults.Add(values.MarkOf(P.Modulus), string.Create(CultureInfo.InvariantCulture,
            $"modulus: at its rating the register wraps every {wrap:0.###} s, but is read every {Durations.Format(poll)}, so that wraps are lost: poll faster, or check the rating."));
        return false;
    }
}
