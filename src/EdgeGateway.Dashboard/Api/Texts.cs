using System.Globalization;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>Numbers and words of records as the API writes them.</summary>
internal static class Texts
{
    private const int Micro = -6;
    private static readonly string[] States = [.. Enumerable.Range(0, 4).Select(i => ((MachineState)i).Word())];

    /// <summary>Half-even to six places, the digits that records have too.</summary>
    public static string Of(Amount amount) => amount.RoundToSix().ToString();

    public static string Seconds(long micros) => new ExactDecimal(micros, Micro).ToString();

    /// <summary>Cut, not rounded: what lacks a moment must not read 1.</summary>
    public static string Share(long part, long whole) => whole <= 0 ? "0" : new ExactDecimal((long)((Int128)part * 1_000_000 / whole), Micro).ToString();

    public static IReadOnlyDictionary<string, string> ByStateSeconds(in ByState micros)
    {
        var words = new Dictionary<string, string>(4);
        for (var i = 0; i < 4; i++) words.Add(States[i], Seconds(micros[i]));
        return words;
    }

    public static IReadOnlyDictionary<string, string> ByStateAmounts(IReadOnlyList<Amount> amounts)
    {
        var words = new Dictionary<string, string>(4);
        for (var i = 0; i < 4; i++) words.Add(States[i], Of(amounts[i]));
        return words;
    }

    public static string Role(InputRole role) => role switch
    {
        InputRole.Purchased => "purchased",
        InputRole.Generated => "generated",
        InputRole.Internal => "internal",
        InputRole.Good => "good",
        InputRole.Scrap => "scrap",
        _ => "other",
    };

    public static string Cut(SegmentCut cut) => cut switch
    {
        SegmentCut.Batch => "batch",
        SegmentCut.Epoch => "epoch",
        SegmentCut.Ratio => "ratio",
        SegmentCut.Tariff => "tariff",
        SegmentCut.Factor => "factor",
        SegmentCut.Product => "product",
        _ => "window_end",
    };

    public static string Kind(PointKind kind) => kind switch
    {
        PointKind.Counter => "counter",
        PointKind.State => "state",
        PointKind.Text => "text",
        _ => "gauge",
    };

    public static string Time(long micros) => UtcMicros.Format(micros);

    /// <summary>Fixed places, invariant; null for what is no number.</summary>
    public static string? Fixed(double value, int places) => double.IsFinite(value) ? value.ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;
}
