namespace EdgeGateway.Records.Numbers;

/// <summary>Unit of measure of a point, factor or figure. Numbers are durable.</summary>
/// <remarks>m³, Nm³ and m³(20 °C) are distinct dimensions: without pressure and temperature none can be turned into another. So are kgCO2 and kgCO2e.</remarks>
public enum UnitOfMeasure : byte
{
    /// <summary>A bare number.</summary>
    None = 0,

    /// <summary>kilowatt hour.</summary>
    KilowattHour = 1,

    /// <summary>watt hour.</summary>
    WattHour = 2,

    /// <summary>megawatt hour.</summary>
    MegawattHour = 3,

    /// <summary>gigawatt hour.</summary>
    GigawattHour = 4,

    /// <summary>ten thousand kilowatt hours, as Chinese bills and reports count.</summary>
    TenThousandKilowattHours = 5,

    /// <summary>watt.</summary>
    Watt = 10,

    /// <summary>kilowatt.</summary>
    Kilowatt = 11,

    /// <summary>megawatt.</summary>
    Megawatt = 12,

    /// <summary>piece.</summary>
    Piece = 20,

    /// <summary>volt.</summary>
    Volt = 30,

    /// <summary>kilovolt.</summary>
    Kilovolt = 31,

    /// <summary>ampere.</summary>
    Ampere = 32,

    /// <summary>milliampere.</summary>
    Milliampere = 33,

    /// <summary>hertz.</summary>
    Hertz = 34,

    /// <summary>percent.</summary>
    Percent = 35,

    /// <summary>degree Celsius.</summary>
    DegreeCelsius = 36,

    /// <summary>bar.</summary>
    Bar = 37,

    /// <summary>var.</summary>
    Var = 38,

    /// <summary>kilovar.</summary>
    Kilovar = 39,

    /// <summary>volt ampere.</summary>
    VoltAmpere = 40,

    /// <summary>kilovolt ampere.</summary>
    KilovoltAmpere = 41,

    /// <summary>per mille.</summary>
    Permille = 42,

    /// <summary>revolutions or strokes a minute.</summary>
    PerMinute = 43,

    /// <summary>pascal.</summary>
    Pascal = 44,

    /// <summary>kilopascal.</summary>
    Kilopascal = 45,

    /// <summary>megapascal.</summary>
    Megapascal = 46,

    /// <summary>kilovar hour.</summary>
    KilovarHour = 50,

    /// <summary>kilovolt ampere hour.</summary>
    KilovoltAmpereHour = 51,

    /// <summary>kilojoule.</summary>
    Kilojoule = 60,

    /// <summary>megajoule.</summary>
    Megajoule = 61,

    /// <summary>gigajoule.</summary>
    Gigajoule = 62,

    /// <summary>specific enthalpy.</summary>
    KilojoulePerKilogram = 63,

    /// <summary>gram.</summary>
    Gram = 70,

    /// <summary>kilogram; of steam too.</summary>
    Kilogram = 71,

    /// <summary>tonne.</summary>
    Tonne = 72,

    /// <summary>mass flow.</summary>
    KilogramPerHour = 73,

    /// <summary>mass flow.</summary>
    TonnePerHour = 74,

    /// <summary>litre.</summary>
    Litre = 80,

    /// <summary>cubic metre as it flows: of a gas, at its own pressure and temperature.</summary>
    CubicMetre = 81,

    /// <summary>cubic metre of gas reduced to 0 °C and 101.325 kPa.</summary>
    NormalCubicMetre = 82,

    /// <summary>cubic metre of gas reduced to 20 °C and 101.325 kPa.</summary>
    CubicMetreAt20 = 83,

    /// <summary>ten thousand normal cubic metres, as Chinese guides count.</summary>
    TenThousandNormalCubicMetres = 84,

    /// <summary>volume flow as it flows.</summary>
    CubicMetrePerHour = 85,

    /// <summary>volume flow reduced to 0 °C and 101.325 kPa.</summary>
    NormalCubicMetrePerHour = 86,

    /// <summary>volume flow as it flows.</summary>
    LitrePerMinute = 87,

    /// <summary>kilogram of standard coal, 29 307 kJ.</summary>
    KilogramCoalEquivalent = 90,

    /// <summary>tonne of standard coal.</summary>
    TonneCoalEquivalent = 91,

    /// <summary>gram of standard coal.</summary>
    GramCoalEquivalent = 92,

    /// <summary>kilogram of carbon dioxide alone.</summary>
    KilogramCarbonDioxide = 100,

    /// <summary>tonne of carbon dioxide alone.</summary>
    TonneCarbonDioxide = 101,

    /// <summary>kilogram of all greenhouse gases, as carbon dioxide.</summary>
    KilogramCarbonDioxideEquivalent = 102,

    /// <summary>tonne of all greenhouse gases, as carbon dioxide.</summary>
    TonneCarbonDioxideEquivalent = 103,

    /// <summary>tonne of carbon, of which a fuel's carbon content speaks.</summary>
    TonneCarbon = 104,

    /// <summary>yuan renminbi.</summary>
    Yuan = 110,

    /// <summary>ten thousand yuan, as Chinese reports count.</summary>
    TenThousandYuan = 111,
}
