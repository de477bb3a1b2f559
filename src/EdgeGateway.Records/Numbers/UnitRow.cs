namespace EdgeGateway.Records.Numbers;

/// <summary>What there is to say of a <see cref="UnitOfMeasure"/>.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Symbol">Its symbol, which is written.</param>
/// <param name="Dimension">What it measures.</param>
/// <param name="ToBase">How many base units it is.</param>
/// <param name="Names">Other names that are read: Chinese ones, and what a keyboard without ³ can write.</param>
internal sealed record UnitRow(UnitOfMeasure Unit, string Symbol, Dimension Dimension, ExactDecimal ToBase, params string[] Names)
{
    /// <summary>All units, each once.</summary>
    public static readonly UnitRow[] All =
    [
        new(UnitOfMeasure.None, "", Dimension.None, ExactDecimal.One),
        new(UnitOfMeasure.KilowattHour, "kWh", Dimension.Energy, ExactDecimal.One, "千瓦时", "度"),
        new(UnitOfMeasure.WattHour, "Wh", Dimension.Energy, new(1, -3), "瓦时"),
        new(UnitOfMeasure.MegawattHour, "MWh", Dimension.Energy, new(1, 3), "兆瓦时"),
        new(UnitOfMeasure.GigawattHour, "GWh", Dimension.Energy, new(1, 6), "吉瓦时"),
        new(UnitOfMeasure.TenThousandKilowattHours, "10⁴kWh", Dimension.Energy, new(1, 4), "万kWh", "万千瓦时", "万度"),
        new(UnitOfMeasure.Watt, "W", Dimension.Power, new(1, -3), "瓦"),
        new(UnitOfMeasure.Kilowatt, "kW", Dimension.Power, ExactDecimal.One, "千瓦"),
        new(UnitOfMeasure.Megawatt, "MW", Dimension.Power, new(1, 3), "兆瓦"),
        new(UnitOfMeasure.Piece, "piece", Dimension.Count, ExactDecimal.One, "pcs", "件", "个", "只", "台"),
        new(UnitOfMeasure.Volt, "V", Dimension.Voltage, ExactDecimal.One, "伏"),
        new(UnitOfMeasure.Kilovolt, "kV", Dimension.Voltage, new(1, 3), "千伏"),
        new(UnitOfMeasure.Ampere, "A", Dimension.Current, ExactDecimal.One, "安"),
        new(UnitOfMeasure.Milliampere, "mA", Dimension.Current, new(1, -3), "毫安"),
        new(UnitOfMeasure.Hertz, "Hz", Dimension.Frequency, ExactDecimal.One, "赫兹"),
        new(UnitOfMeasure.Percent, "%", Dimension.Percentage, ExactDecimal.One, "％"),
        new(UnitOfMeasure.DegreeCelsius, "°C", Dimension.Temperature, ExactDecimal.One, "℃", "摄氏度"),
        new(UnitOfMeasure.Bar, "bar", Dimension.Pressure, ExactDecimal.One, "巴"),
        new(UnitOfMeasure.Var, "var", Dimension.ReactivePower, new(1, -3), "乏"),
        new(UnitOfMeasure.Kilovar, "kvar", Dimension.ReactivePower, ExactDecimal.One, "千乏"),
        new(UnitOfMeasure.VoltAmpere, "VA", Dimension.ApparentPower, new(1, -3), "伏安"),
        new(UnitOfMeasure.KilovoltAmpere, "kVA", Dimension.ApparentPower, ExactDecimal.One, "千伏安"),
        new(UnitOfMeasure.Permille, "‰", Dimension.Percentage, new(1, -1)),
        new(UnitOfMeasure.PerMinute, "1/min", Dimension.Rotation, ExactDecimal.One, "rpm", "r/min", "转/分"),
        new(UnitOfMeasure.Pascal, "Pa", Dimension.Pressure, new(1, -5), "帕"),
        new(UnitOfMeasure.Kilopascal, "kPa", Dimension.Pressure, new(1, -2), "千帕"),
        new(UnitOfMeasure.Megapascal, "MPa", Dimension.Pressure, new(1, 1), "兆帕"),
        new(UnitOfMeasure.KilovarHour, "kvarh", Dimension.ReactiveEnergy, ExactDecimal.One, "千乏时"),
        new(UnitOfMeasure.KilovoltAmpereHour, "kVAh", Dimension.ApparentEnergy, ExactDecimal.One, "千伏安时"),
        new(UnitOfMeasure.Kilojoule, "kJ", Dimension.Heat, new(1, -3), "千焦"),
        new(UnitOfMeasure.Megajoule, "MJ", Dimension.Heat, ExactDecimal.One, "兆焦"),
        new(UnitOfMeasure.Gigajoule, "GJ", Dimension.Heat, new(1, 3), "吉焦"),
        new(UnitOfMeasure.KilojoulePerKilogram, "kJ/kg", Dimension.Enthalpy, ExactDecimal.One, "千焦/千克"),
        new(UnitOfMeasure.Gram, "g", Dimension.Mass, new(1, -3), "克"),
        new(UnitOfMeasure.Kilogram, "kg", Dimension.Mass, ExactDecimal.One, "千克", "公斤"),
        new(UnitOfMeasure.Tonne, "t", Dimension.Mass, new(1, 3), "吨"),
        new(UnitOfMeasure.KilogramPerHour, "kg/h", Dimension.MassFlow, ExactDecimal.One, "千克/时"),
        new(UnitOfMeasure.TonnePerHour, "t/h", Dimension.MassFlow, new(1, 3), "吨/时"),
        new(UnitOfMeasure.Litre, "L", Dimension.Volume, new(1, -3), "升"),
        new(UnitOfMeasure.CubicMetre, "m³", Dimension.Volume, ExactDecimal.One, "m3", "m^3", "立方米", "立方"),
        new(UnitOfMeasure.NormalCubicMetre, "Nm³", Dimension.NormalVolume, ExactDecimal.One, "Nm3", "Nm^3", "标准立方米", "标立方", "标方"),
        new(UnitOfMeasure.CubicMetreAt20, "m³(20°C)", Dimension.Volume20, ExactDecimal.One, "m3(20°C)", "m3(20C)", "m³(20℃)"),
        new(UnitOfMeasure.TenThousandNormalCubicMetres, "10⁴Nm³", Dimension.NormalVolume, new(1, 4), "万Nm³", "万Nm3", "万标准立方米"),
        new(UnitOfMeasure.CubicMetrePerHour, "m³/h", Dimension.VolumeFlow, ExactDecimal.One, "m3/h", "立方米/时"),
        new(UnitOfMeasure.NormalCubicMetrePerHour, "Nm³/h", Dimension.NormalVolumeFlow, ExactDecimal.One, "Nm3/h", "标准立方米/时"),
        new(UnitOfMeasure.LitrePerMinute, "L/min", Dimension.VolumeFlow, new(6, -2), "升/分"),
        new(UnitOfMeasure.KilogramCoalEquivalent, "kgce", Dimension.CoalEquivalent, ExactDecimal.One, "千克标准煤", "公斤标准煤"),
        new(UnitOfMeasure.TonneCoalEquivalent, "tce", Dimension.CoalEquivalent, new(1, 3), "吨标准煤"),
        new(UnitOfMeasure.GramCoalEquivalent, "gce", Dimension.CoalEquivalent, new(1, -3), "克标准煤"),
        new(UnitOfMeasure.KilogramCarbonDioxide, "kgCO2", Dimension.CarbonDioxide, ExactDecimal.One, "kgCO₂"),
        new(UnitOfMeasure.TonneCarbonDioxide, "tCO2", Dimension.CarbonDioxide, new(1, 3), "tCO₂"),
        new(UnitOfMeasure.KilogramCarbonDioxideEquivalent, "kgCO2e", Dimension.CarbonDioxideEquivalent, ExactDecimal.One, "kgCO₂e"),
        new(UnitOfMeasure.TonneCarbonDioxideEquivalent, "tCO2e", Dimension.CarbonDioxideEquivalent, new(1, 3), "tCO₂e"),
        new(UnitOfMeasure.TonneCarbon, "tC", Dimension.Carbon, ExactDecimal.One),
        new(UnitOfMeasure.Yuan, "CNY", Dimension.Money, ExactDecimal.One, "RMB", "元"),
        new(UnitOfMeasure.TenThousandYuan, "10⁴CNY", Dimension.Money, new(1, 4), "万元"),
    ];
}
