namespace EdgeGateway.Records.Windows;

/// <summary>A derived figure of a record. Durable numbers; those above 256 are 256 and the number of a carrier: its own coal equivalent. From 10 to 99 and above 256 are figures that coefficients, factors and prices make.</summary>
public enum FigureId : ushort
{
    /// <summary>kWh of electricity per good piece.</summary>
    KilowattHoursPerGood = 1,

    /// <summary>kWh of electricity per piece, good and scrapped.</summary>
    KilowattHoursPerTotal = 2,

    /// <summary>kWh of the unit's own meter that none of its children's meters explains; may be negative.</summary>
    UnmeteredRest = 3,

    /// <summary>Share of the electricity used while idle, 0 to 1.</summary>
    IdleShare = 4,

    /// <summary>Electricity by registers less the integral of their power.</summary>
    PowerDeviation = 5,

    /// <summary>Standard coal of all that was bought or generated, carried down to the unit (综合能耗).</summary>
    CoalEquivalent = 10,

    /// <summary>Carbon dioxide of fuels burnt on the site.</summary>
    Scope1 = 11,

    /// <summary>Carbon dioxide of bought electricity and heat, location-based, carried down from the supply.</summary>
    Scope2Location = 12,

    /// <summary>The same, market-based, before certificates.</summary>
    Scope2Market = 13,

    /// <summary>Scope 1 and scope 2, location-based.</summary>
    Carbon = 14,

    /// <summary>Greenhouse gases of bought electricity by the product footprint's series; never added to kgCO2.</summary>
    Footprint = 15,

    /// <summary>Worth of the good pieces (产值).</summary>
    OutputValue = 20,

    /// <summary>Value added by the good pieces (增加值).</summary>
    ValueAdded = 21,

    /// <summary>kWh of electricity per ten thousand yuan of output value.</summary>
    KilowattHoursPerOutputValue = 22,

    /// <summary>kWh of electricity per ten thousand yuan of value added.</summary>
    KilowattHoursPerValueAdded = 23,

    /// <summary>Standard coal per good piece (单位产品综合能耗).</summary>
    CoalEquivalentPerGood = 30,

    /// <summary>Standard coal per piece, good and scrapped.</summary>
    CoalEquivalentPerTotal = 31,

    /// <summary>Standard coal per ten thousand yuan of output value (单位产值综合能耗).</summary>
    CoalEquivalentPerOutputValue = 32,

    /// <summary>Standard coal per ten thousand yuan of value added (单位增加值综合能耗).</summary>
    CoalEquivalentPerValueAdded = 33,

    /// <summary>Carbon dioxide of scope 1 and 2 per good piece.</summary>
    CarbonPerGood = 40,

    /// <summary>Carbon dioxide of scope 1 and 2 per piece, good and scrapped.</summary>
    CarbonPerTotal = 41,

    /// <summary>Carbon dioxide per ten thousand yuan of output value (单位产值碳排放量).</summary>
    CarbonPerOutputValue = 42,

    /// <summary>Carbon dioxide per ten thousand yuan of value added.</summary>
    CarbonPerValueAdded = 43,

    /// <summary>Greenhouse gases of electricity per good piece, by the product footprint's series.</summary>
    FootprintPerGood = 44,
}
