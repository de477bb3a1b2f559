using System.Collections.Concurrent;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Publishing.Choosing;

/// <summary>What of the plant's data goes to a target, and under which names: renamed, and points in the chosen units of measure. Thread-safe.</summary>
/// <param name="choice">What the map chose.</param>
/// <param name="names">The plant's own names.</param>
public sealed class ChosenData(PublisherChoice choice, INames names) : INames
{
    /// <summary>What the map chose.</summary>
    public PublisherChoice Choice { get; } = choice;

    private readonly bool _asItIs = choice.Names.Count == 0 && !choice.Measures.Any();
    private readonly ConcurrentDictionary<int, (PointName Own, PointName Chosen, double Factor)> _points = [];

    /// <inheritdoc/>
    public PointName? Point(int id) => Chosen(id)?.Chosen;

    /// <inheritdoc/>
    public string? Unit(int id) => names.Unit(id) is { } unit ? Choice.Names.GetValueOrDefault(unit, unit) : null;

    /// <summary>True for a record that goes to the target. One of a unit without a name goes, to be refused in the open.</summary>
    internal bool Wants(WindowRecord record) => Choice.Wants(record.Kind) && (names.Unit(record.Unit) is not { } unit || Choice.WantsUnit(unit));

    /// <summary>The point's own name, by which options choose it, and what a gauge's number is to be multiplied by; null where the map no longer has it.</summary>
    internal (PointName Own, double Factor)? Own(int id) => Chosen(id) is var (own, _, factor) ? (own, factor) : null;

    private (PointName Own, PointName Chosen, double Factor)? Chosen(int id)
    {
        if (names.Point(id) is not { } own) return null;
        if (_asItIs) return (own, own, 1);
        if (_points.TryGetValue(id, out var known) && known.Own == own) return known;
        var made = Make(own);
        _points[id] = made;
        return made;
    }

    private (PointName Own, PointName Chosen, double Factor) Make(PointName own)
    {
        var chosen = own;
        if (Choice.Names.TryGetValue(own.Path, out var name))
        {
            var cut = name.IndexOf('.', StringComparison.Ordinal);
            chosen = cut < 0 ? own with { Name = name } : own with { Device = name[..cut], Name = name[(cut + 1)..] };
        }
        if (own.Kind is not (PointKind.Gauge or PointKind.Counter)) return (own, chosen, 1);
        foreach (var unit in Choice.Measures)
        {
            if (unit == own.Unit || unit.Measures() != own.Unit.Measures() || own.Unit.Measures() == Dimension.None) continue;
            if (Quotient(own.Unit.ToBase(), unit.ToBase()) is not { } factor) continue;
            return (own, chosen with { Unit = unit, Step = own.Step.Multiply(factor) }, factor.ToDouble());
        }
        return (own, chosen, 1);
    }

    /// <summary>a ÷ b where that is a finite decimal; null where it is not, and no exact statement can be made.</summary>
    private static ExactDecimal? Quotient(ExactDecimal a, ExactDecimal b)
    {
        var (m, n) = (a.Normalize(), b.Normalize());
        var mantissa = (Int128)m.Mantissa;
        var exponent = m.Exponent - n.Exponent;
        for (; mantissa % n.Mantissa != 0; exponent--)
        {
            if (exponent <= ExactDecimal.MinExponent || mantissa > long.MaxValue / 10) return null;
            mantissa *= 10;
        }
        mantissa /= n.Mantissa;
        return exponent is >= ExactDecimal.MinExponent and <= -ExactDecimal.MinExponent && mantissa <= long.MaxValue ? new ExactDecimal((long)mantissa, (sbyte)exponent) : null;
    }
}
