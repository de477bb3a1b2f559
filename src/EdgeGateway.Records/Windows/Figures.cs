using System.Globalization;

namespace EdgeGateway.Records.Windows;

/// <summary>Names and units of figures: what publishers, page and reference write.</summary>
public static class Figures
{
    /// <summary>Numbers above it are those of a carrier.</summary>
    public const ushort OfCarriers = 256;

    private static readonly FigureName[] Names =
    [
        new(FigureId.KilowattHoursPerGood, "kWh_per_good", "kWh/piece", "kWh of electricity per good piece."),
        new(FigureId.KilowattHoursPerTotal, "kWh_per_total", "kWh/piece", "kWh of electricity per piece, good and scrapped."),
        new(FigureId.UnmeteredRest, "unmetered_kWh", "kWh", "kWh of the unit's own meter that none of its children's meters explains; may be negative."),
        new(FigureId.IdleShare, "idle_share", "", "Share of the electricity used while idle, 0 to 1."),
        new(FigureId.PowerDeviation, "deviation_kWh", "kWh", "Electricity by registers less the integral of their power over the same window."),
        new(FigureId.CoalEquivalent, "kgce", "kgce", "Standard coal of all that was bought or generated, carried down to the unit (综合能耗)."),
        new(FigureId.Scope1, "scope1_kgCO2", "kgCO2", "Carbon dioxide of fuels burnt on the site."),
        new(FigureId.Scope2Location, "scope2_location_kgCO2", "kgCO2", "Carbon dioxide of bought electricity and heat, location-based, carried down from the supply."),
        new(FigureId.Scope2Market, "scope2_market_kgCO2", "kgCO2", "The same, market-based, before certificates."),
        new(FigureId.Carbon, "kgCO2", "kgCO2", "Scope 1 and scope 2, location-based."),
        new(FigureId.Footprint, "footprint_kgCO2e", "kgCO2e", "Greenhouse gases of bought electricity by the product footprint's series; never added to kgCO2."),
        new(FigureId.OutputValue, "output_value_CNY", "CNY", "Worth of the good pieces (产值)."),
        new(FigureId.ValueAdded, "value_added_CNY", "CNY", "Value added by the good pieces (增加值)."),
        new(FigureId.KilowattHoursPerOutputValue, "kWh_per_10k_CNY_output", "kWh/10⁴CNY", "kWh of electricity per ten thousand yuan of output value."),
        new(FigureId.KilowattHoursPerValueAdded, "kWh_per_10k_CNY_added", "kWh/10⁴CNY", "kWh of electricity per ten thousand yuan of value added."),
        new(FigureId.CoalEquivalentPerGood, "kgce_per_good", "kgce/piece", "Standard coal per good piece (单位产品综合能耗)."),
        new(FigureId.CoalEquivalentPerTotal, "kgce_per_total", "kgce/piece", "Standard coal per piece, good and scrapped."),
        new(FigureId.CoalEquivalentPerOutputValue, "kgce_per_10k_CNY_output", "kgce/10⁴CNY", "Standard coal per ten thousand yuan of output value (单位产值综合能耗)."),
        new(FigureId.CoalEquivalentPerValueAdded, "kgce_per_10k_CNY_added", "kgce/10⁴CNY", "Standard coal per ten thousand yuan of value added (单位增加值综合能耗)."),
        new(FigureId.CarbonPerGood, "kgCO2_per_good", "kgCO2/piece", "Carbon dioxide of scope 1 and 2 per good piece."),
        new(FigureId.CarbonPerTotal, "kgCO2_per_total", "kgCO2/piece", "Carbon dioxide of scope 1 and 2 per piece, good and scrapped."),
        new(FigureId.CarbonPerOutputValue, "kgCO2_per_10k_CNY_output", "kgCO2/10⁴CNY", "Carbon dioxide per ten thousand yuan of output value (单位产值碳排放量)."),
        new(FigureId.CarbonPerValueAdded, "kgCO2_per_10k_CNY_added", "kgCO2/10⁴CNY", "Carbon dioxide per ten thousand yuan of value added."),
        new(FigureId.FootprintPerGood, "footprint_kgCO2e_per_good", "kgCO2e/piece", "Greenhouse gases of electricity per good piece, by the product footprint's series."),
        .. Carriers.All.Select(c => new FigureName(Of(c), "kgce_" + c.Word(), "kgce", $"Standard coal of {c.Word().Replace('_', ' ')} alone.")),
    ];

    private static readonly Dictionary<FigureId, FigureName> ById = Names.ToDictionary(n => n.Id);

    /// <summary>All figures that this version knows, in the order of their numbers.</summary>
    public static IReadOnlyList<FigureName> All => Names;

    /// <summary>The figure of one carrier's coal equivalent.</summary>
    public static FigureId Of(Carrier carrier) => (FigureId)(OfCarriers + (byte)carrier);

    /// <summary>The figure's name in payloads: <c>kWh_per_good</c>.</summary>
    public static string Word(this FigureId figure) => ById.TryGetValue(figure, out var name) ? name.Word : "figure_" + ((ushort)figure).ToString(CultureInfo.InvariantCulture);

    /// <summary>The figure's unit: <c>kWh/piece</c>; "" for a share or a figure of a later version.</summary>
    public static string Unit(this FigureId figure) => ById.TryGetValue(figure, out var name) ? name.Unit : "";
}
