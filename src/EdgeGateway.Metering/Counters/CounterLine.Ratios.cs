using System.Numerics;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Metering.Counters;

/// <summary>Ratios that an operator corrected, by date: totals stay in raw steps, and windows take the ratio that holds where they start.</summary>
internal sealed partial class CounterLine
{
    // The first one has no date and is that of the map in which the correction was made; null where nothing was corrected.
    private List<(long From, ExactDecimal Ratio)>? _ratios;

    /// <summary>The ratio that holds at a time.</summary>
    public ExactDecimal RatioAt(long time)
    {
        if (_ratios is null) return plan.Ratio;
        var index = _ratios.Count - 1;
        while (_ratios[index].From > time) index--;
        return _ratios[index].Ratio;
    }

    /// <summary>True where another ratio holds from a time on.</summary>
    public bool RatioChangesAt(long time)
    {
        for (var i = 1; i < (_ratios?.Count ?? 0); i++)
        {
            if (_ratios![i].From == time) return true;
        }
        return false;
    }

    /// <summary>The next time after one from which another ratio holds; <see cref="long.MaxValue"/> where there is none.</summary>
    /// <param name="time">UTC microseconds.</param>
    /// <param name="every">Only times that are whole multiples of it: a new meter's ratio may begin inside a base window.</param>
    public long NextRatio(long time, long every = 1)
    {
        for (var i = 1; i < (_ratios?.Count ?? 0); i++)
        {
            if (_ratios![i].From > time && _ratios[i].From % every == 0) return _ratios[i].From;
        }
        return long.MaxValue;
    }

    /// <summary>From a time on, up to the next date that is known, the ratio is another one.</summary>
    /// <returns>Where it ends.</returns>
    public long Correct(long from, ExactDecimal ratio)
    {
        _ratios ??= [(long.MinValue, plan.Ratio)];
        _ratios.RemoveAll(r => r.From == from);
        _ratios.Add((from, ratio));
        _ratios.Sort(static (a, b) => a.From.CompareTo(b.From));
        var next = _ratios.FindIndex(r => r.From > from);
        return next < 0 ? long.MaxValue : _ratios[next].From;
    }

    /// <summary>True where the map now says what an operator had said before, of a meter that is still awaited too, and nothing else of the register has changed.</summary>
    private bool IsCorrected(ExactDecimal saved) => _ratios is not null && (_ratios[^1].Ratio == plan.Ratio || _awaited?.Ratio == plan.Ratio) && SavedUnder(saved) is not null;

    /// <summary>The ratio of the map under which the register was saved: the first one, or one that the map has taken over since.</summary>
    private ExactDecimal? SavedUnder(ExactDecimal saved)
    {
        foreach (var (_, ratio) in _ratios ?? [])
        {
            if (plan.Step.Multiply(ratio).Multiply(unit.ToBase()) == saved) return ratio;
        }
        return null;
    }

    private (BigInteger, BigInteger) Factor(ExactDecimal saved, ExactDecimal worth)
    {
        var (above, below) = Quotient(saved, worth);
        if (_ratios is null) return (above, below);
        var (more, less) = Quotient(_ratios[^1].Ratio, SavedUnder(saved) ?? _ratios[0].Ratio);
        return (above * more, below * less);
    }

    private static (BigInteger Above, BigInteger Below) Quotient(ExactDecimal above, ExactDecimal below) =>
        (above.Mantissa * BigInteger.Pow(10, Math.Max(0, above.Exponent - below.Exponent)), below.Mantissa * BigInteger.Pow(10, Math.Max(0, below.Exponent - above.Exponent)));

    private void SaveRatios(ByteWriter w)
    {
        w.Unsigned((ulong)(_ratios?.Count ?? 0));
        foreach (var (from, ratio) in _ratios ?? [])
        {
            w.Signed(from);
            w.Signed(ratio.Mantissa);
            w.Signed(ratio.Exponent);
        }
    }

    private void LoadRatios(ref ByteReader r)
    {
        var ratios = new List<(long, ExactDecimal)>();
        for (var left = r.Count(3); left > 0 && !r.Failed; left--) ratios.Add((r.Signed(), new ExactDecimal(r.Signed(), (sbyte)r.Signed())));
        if (ratios.Count > 0 && (ratios[0].Item1 != long.MinValue || ratios[0].Item2.Mantissa == 0)) throw new InvalidOperationException("Ratios begin with the map's.");
        if (ratios.Count > 0) _ratios = ratios;
    }
}
