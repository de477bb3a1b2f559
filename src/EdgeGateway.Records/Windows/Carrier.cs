namespace EdgeGateway.Records.Windows;

/// <summary>What flows. Durable numbers.</summary>
public enum Carrier : byte
{
    /// <summary>None: output or another count.</summary>
    None = 0,

    /// <summary>Electricity; amounts in kWh.</summary>
    Electricity = 1,

    /// <summary>Natural gas; m³, Nm³ or m³(20 °C), which are not the same.</summary>
    NaturalGas = 2,

    /// <summary>Steam, by mass or by the heat in it.</summary>
    Steam = 3,

    /// <summary>Compressed air.</summary>
    CompressedAir = 4,

    /// <summary>Fresh water.</summary>
    Water = 5,

    /// <summary>Heat, as hot water or else.</summary>
    Heat = 6,

    /// <summary>Diesel.</summary>
    Diesel = 7,

    /// <summary>Petrol.</summary>
    Petrol = 8,

    /// <summary>Fuel oil.</summary>
    FuelOil = 9,

    /// <summary>Crude oil.</summary>
    CrudeOil = 10,

    /// <summary>Liquefied petroleum gas.</summary>
    Lpg = 11,

    /// <summary>Liquefied natural gas.</summary>
    Lng = 12,

    /// <summary>Refinery gas.</summary>
    RefineryGas = 13,

    /// <summary>Raw coal.</summary>
    RawCoal = 14,

    /// <summary>Washed coal.</summary>
    WashedCoal = 15,

    /// <summary>Coke.</summary>
    Coke = 16,

    /// <summary>Bituminous coal.</summary>
    BituminousCoal = 17,

    /// <summary>Anthracite.</summary>
    Anthracite = 18,

    /// <summary>Softened water.</summary>
    SoftenedWater = 19,

    /// <summary>Deaerated water.</summary>
    DeaeratedWater = 20,

    /// <summary>Blast air.</summary>
    BlastAir = 21,

    /// <summary>Oxygen.</summary>
    Oxygen = 22,

    /// <summary>Nitrogen.</summary>
    Nitrogen = 23,

    /// <summary>Cooling, as chilled water.</summary>
    Cooling = 24,

    /// <summary>Hydrogen.</summary>
    Hydrogen = 25,

    /// <summary>Biomass.</summary>
    Biomass = 26,
}
