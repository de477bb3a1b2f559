using System.Numerics;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Metering.Counters;

/// <summary>The operator's word <c>replace</c>: details <c>final</c> and <c>initial</c> are readings in the point's unit before its ratio, as the displays show them, or left out where they are not known; <c>ratio</c> is the new meter's ratio (CT × PT), left out where it is the old one's.</summary>
public static class ReplaceWord
{
    /// <summary>The verb.</summary>
    public const string Verb = "replace";

    /// <summary>Name of the detail with what the old meter showed last.</summary>
    public const string Final = "final";

    /// <summary>Name of the detail with what the new meter showed first.</summary>
    public const string Initial = "initial";

    /// <summary>Name of the detail with the new meter's ratio.</summary>
    public const string Ratio = "ratio";

    /// <summary>Reads the word; a ratio that is no number above zero is read as zero.</summary>
    internal static bool TryRead(OperatorWord word, PointPlan point, out Replacement replacement)
    {
        replacement = default;
        if (!TrySteps(word.Detail(Final), point, out var final) || !TrySteps(word.Detail(Initial), point, out var initial)) return false;
        ExactDecimal? ratio = null;
        if (word.Detail(Ratio) is { } text) ratio = ExactDecimal.TryParse(text, out var said) && said.Mantissa > 0 ? said : default(ExactDecimal);
        replacement = new Replacement(word.At, final, initial, ratio);
        return true;
    }

    /// <summary>Reading to steps, to the nearest whole one.</summary>
    private static bool TrySteps(string? reading, PointPlan point, out long? steps)
    {
        steps = null;
        if (reading is null) return true;
        if (!ExactDecimal.TryParse(reading, out var value)) return false;
        var step = point.Counter!.Step;
        var (above, below) = ((BigInteger)value.Mantissa * BigInteger.Pow(10, Math.Max(0, value.Exponent - step.Exponent)), (BigInteger)step.Mantissa * BigInteger.Pow(10, Math.Max(0, step.Exponent - value.Exponent)));
        if (below.IsZero) return false;
        var whole = BigInteger.Divide(2 * above + below, 2 * below);
        if (whole < 0 || whole > long.MaxValue / CounterLine.One) return false;
        steps = (long)whole;
        return true;
    }
}
