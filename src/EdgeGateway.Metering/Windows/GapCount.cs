namespace EdgeGateway.Metering.Windows;

/// <summary>How certain it is what was counted over a gap. Durable numbers.</summary>
internal enum GapCount : byte
{
    /// <summary>Energy is missing of it, a jump or a reset may hide in it, or something else than a register told what was counted: readings from within decide nothing.</summary>
    Unsure = 0,

    /// <summary>Readings from within say where in it the energy passed.</summary>
    Certain = 1,

    /// <summary>Only how often the register went around is not: readings from within may say it.</summary>
    RoundsOpen = 2,
}
