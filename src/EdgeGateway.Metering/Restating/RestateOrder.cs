using System.Buffers;
using System.Globalization;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Metering.Restating;

/// <summary>That the figures of stored records are to be stated again under other sets. It travels as an operator's word, with all numbers in it, so that metering stays a function of the log.</summary>
/// <param name="From">UTC microseconds; records that start from here on.</param>
/// <param name="To">UTC microseconds; records that start before.</param>
/// <param name="Plan">The sets.</param>
public sealed record RestateOrder(long From, long To, CarbonPlan Plan)
{
    /// <summary>The word's verb.</summary>
    public const string Verb = "restate";

    private const string FromKey = "from", ToKey = "to", PlanKey = "plan";

    /// <summary>The word that says it.</summary>
    /// <param name="at">When it is said, UTC microseconds.</param>
    /// <param name="by">Who says it.</param>
    public OperatorWord ToWord(long at, string by)
    {
        var plan = new ArrayBufferWriter<byte>();
        Plan.Save(plan);
        return new OperatorWord(Verb, "", at, by,
        [
            new(FromKey, From.ToString(CultureInfo.InvariantCulture)), new(ToKey, To.ToString(CultureInfo.InvariantCulture)),
            new("coefficients", Plan.CoefficientStamp), new("factors", Plan.FactorStamp), new("footprint", Plan.FootprintStamp),
            new(PlanKey, Convert.ToBase64String(plan.WrittenSpan)),
        ]);
    }

    /// <summary>Reads a word; null where it is another one, or one that this version cannot read: it is then kept and changes nothing.</summary>
    public static RestateOrder? Of(OperatorWord word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (word.Verb != Verb || word.Detail(PlanKey) is not { } text) return null;
        var bytes = new byte[text.Length];
        if (!long.TryParse(word.Detail(FromKey), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var from)
            || !long.TryParse(word.Detail(ToKey), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var to)
            || !Convert.TryFromBase64String(text, bytes, out var length) || CarbonPlan.Load(bytes.AsSpan(0, length)) is not { } plan) return null;
        return new RestateOrder(from, to, plan);
    }

    /// <summary>For people: what is restated under what.</summary>
    public override string ToString() => $"{UtcMicros.Format(From)} to {UtcMicros.Format(To)} under {(Plan.IsEmpty ? "the map's prices" : string.Join(", ", new[] { Plan.CoefficientStamp, Plan.FactorStamp, Plan.FootprintStamp }.Where(s => s.Length > 0)))}";
}
