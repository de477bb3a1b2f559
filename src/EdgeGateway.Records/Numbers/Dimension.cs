namespace EdgeGateway.Records.Numbers;

/// <summary>What a unit measures; amounts of one dimension can be added.</summary>
public enum Dimension : byte
{
    /// <summary>A bare number.</summary>
    None = 0,

    /// <summary>Energy as electricity meters count it; base unit kWh.</summary>
    Energy = 1,

    /// <summary>Active power; base unit kW.</summary>
    Power = 2,

    /// <summary>Pieces.</summary>
    Count = 3,

    /// <summary>Voltage; base unit V.</summary>
    Voltage = 4,

    /// <summary>Current; base unit A.</summary>
    Current = 5,

    /// <summary>Frequency; base unit Hz.</summary>
    Frequency = 6,

    /// <summary>Percentage; base unit %.</summary>
    Percentage = 7,

    /// <summary>Temperature; base unit °C.</summary>
    Temperature = 8,

    /// <summary>Pressure; base unit bar.</summary>
    Pressure = 9,

    /// <summary>Reactive power; base unit kvar.</summary>
    ReactivePower = 10,

    /// <summary>Apparent power; base unit kVA.</summary>
    ApparentPower = 11,

    /// <summary>Revolutions or strokes a time; base unit 1/min.</summary>
    Rotation = 12,

    /// <summary>Reactive energy; base unit kvarh.</summary>
    ReactiveEnergy = 13,

    /// <summary>Apparent energy; base unit kVAh.</summary>
    ApparentEnergy = 14,

    /// <summary>Energy as heat meters and fuels count it; base unit MJ. A kWh is exactly 3.6 MJ, but a MJ is no finite decimal of a kWh: hence a dimension of its own.</summary>
    Heat = 15,

    /// <summary>Energy of a mass; base unit kJ/kg.</summary>
    Enthalpy = 16,

    /// <summary>Mass; base unit kg.</summary>
    Mass = 17,

    /// <summary>Mass a time; base unit kg/h.</summary>
    MassFlow = 18,

    /// <summary>Volume as it flows; base unit m³.</summary>
    Volume = 19,

    /// <summary>Volume of gas at 0 °C and 101.325 kPa; base unit Nm³.</summary>
    NormalVolume = 20,

    /// <summary>Volume of gas at 20 °C and 101.325 kPa; base unit m³(20°C).</summary>
    Volume20 = 21,

    /// <summary>Volume a time as it flows; base unit m³/h.</summary>
    VolumeFlow = 22,

    /// <summary>Normal volume a time; base unit Nm³/h.</summary>
    NormalVolumeFlow = 23,

    /// <summary>Energy as standard coal; base unit kgce.</summary>
    CoalEquivalent = 24,

    /// <summary>Carbon dioxide alone; base unit kgCO2. Never added to its equivalent.</summary>
    CarbonDioxide = 25,

    /// <summary>All greenhouse gases; base unit kgCO2e. Never added to carbon dioxide alone.</summary>
    CarbonDioxideEquivalent = 26,

    /// <summary>Carbon in a fuel; base unit tC.</summary>
    Carbon = 27,

    /// <summary>Money; base unit CNY.</summary>
    Money = 28,
}
