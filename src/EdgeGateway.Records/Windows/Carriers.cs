using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Records.Windows;

/// <summary>Words of carriers, and in what they may be measured.</summary>
public static class Carriers
{
    private static readonly (Carrier Carrier, string Word, string Chinese, Dimension[] Measured)[] Rows =
    [
        (Carrier.Electricity, "electricity", "电力", [Dimension.Energy]),
        (Carrier.NaturalGas, "natural_gas", "天然气", [Dimension.NormalVolume, Dimension.Volume, Dimension.Volume20, Dimension.Mass]),
        (Carrier.Steam, "steam", "蒸汽", [Dimension.Mass, Dimension.Heat]),
        (Carrier.CompressedAir, "compressed_air", "压缩空气", [Dimension.Volume, Dimension.NormalVolume]),
        (Carrier.Water, "water", "新水", [Dimension.Volume, Dimension.Mass]),
        (Carrier.Heat, "heat", "热力", [Dimension.Heat]),
        (Carrier.Diesel, "diesel", "柴油", [Dimension.Mass, Dimension.Volume]),
        (Carrier.Petrol, "petrol", "汽油", [Dimension.Mass, Dimension.Volume]),
        (Carrier.FuelOil, "fuel_oil", "燃料油", [Dimension.Mass, Dimension.Volume]),
        (Carrier.CrudeOil, "crude_oil", "原油", [Dimension.Mass]),
        (Carrier.Lpg, "lpg", "液化石油气", [Dimension.Mass]),
        (Carrier.Lng, "lng", "液化天然气", [Dimension.Mass]),
        (Carrier.RefineryGas, "refinery_gas", "炼厂干气", [Dimension.Mass]),
        (Carrier.RawCoal, "raw_coal", "原煤", [Dimension.Mass]),
        (Carrier.WashedCoal, "washed_coal", "洗精煤", [Dimension.Mass]),
        (Carrier.Coke, "coke", "焦炭", [Dimension.Mass]),
        (Carrier.BituminousCoal, "bituminous_coal", "烟煤", [Dimension.Mass]),
        (Carrier.Anthracite, "anthracite", "无烟煤", [Dimension.Mass]),
        (Carrier.SoftenedWater, "softened_water", "软水", [Dimension.Volume, Dimension.Mass]),
        (Carrier.DeaeratedWater, "deaerated_water", "除氧水", [Dimension.Volume, Dimension.Mass]),
        (Carrier.BlastAir, "blast_air", "鼓风", [Dimension.Volume, Dimension.NormalVolume]),
        (Carrier.Oxygen, "oxygen", "氧气", [Dimension.Volume, Dimension.NormalVolume]),
        (Carrier.Nitrogen, "nitrogen", "氮气", [Dimension.Volume, Dimension.NormalVolume]),
        (Carrier.Cooling, "cooling", "冷量", [Dimension.Heat]),
        (Carrier.Hydrogen, "hydrogen", "氢气", [Dimension.NormalVolume, Dimension.Volume, Dimension.Mass]),
        (Carrier.Biomass, "biomass", "生物质", [Dimension.Mass]),
    ];

    /// <summary>All carriers, in the order of their numbers.</summary>
    public static IEnumerable<Carrier> All => Rows.Select(r => r.Carrier);

    /// <summary>The carrier's word in maps and payloads: <c>natural_gas</c>.</summary>
    public static string Word(this Carrier carrier) => IndexOf(carrier) is var at and >= 0 ? Rows[at].Word : "none";

    /// <summary>The carrier's name in Chinese: 天然气.</summary>
    public static string Chinese(this Carrier carrier) => IndexOf(carrier) is var at and >= 0 ? Rows[at].Chinese : "";

    /// <summary>Dimensions that it may be counted in. Amounts of unlike dimensions are never added: a gas in m³ is not one in Nm³.</summary>
    public static ReadOnlySpan<Dimension> MeasuredIn(this Carrier carrier) => IndexOf(carrier) is var at and >= 0 ? Rows[at].Measured : [];

    /// <summary>True where a counter of <paramref name="unit"/> can count the carrier: heat, steam and cooling may be counted in kWh as well.</summary>
    public static bool MayBeCountedIn(this Carrier carrier, UnitOfMeasure unit)
    {
        foreach (var dimension in carrier.MeasuredIn())
        {
            if (unit.ToBaseOf(dimension) is not null) return true;
        }
        return false;
    }

    /// <summary>The dimension in which amounts counted in <paramref name="unit"/> are stated; <see cref="Dimension.None"/> where the carrier is not measured so.</summary>
    public static Dimension StatedIn(this Carrier carrier, UnitOfMeasure unit)
    {
        foreach (var dimension in carrier.MeasuredIn())
        {
            if (unit.ToBaseOf(dimension) is not null) return dimension;
        }
        return Dimension.None;
    }

    /// <summary>The carrier with this word or Chinese name.</summary>
    public static bool TryParse(ReadOnlySpan<char> word, out Carrier carrier)
    {
        foreach (var row in Rows)
        {
            if (!word.SequenceEqual(row.Word) && !word.SequenceEqual(row.Chinese)) continue;
            carrier = row.Carrier;
            return true;
        }
        carrier = default;
        return false;
    }

    // The numbers are 1, 2, 3, …; a test holds them to it.
    private static int IndexOf(Carrier carrier) => (byte)carrier <= Rows.Length ? (byte)carrier - 1 : -1;
}
