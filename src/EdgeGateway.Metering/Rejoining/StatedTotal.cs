using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Rejoining;

/// <summary>What a window record says of a counter at its end.</summary>
/// <param name="Unit">Persisted id of the record's unit.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Start">Its start, UTC microseconds.</param>
/// <param name="End">Its end, UTC microseconds.</param>
/// <param name="Total">T at the end, in 1/65 536 of a step.</param>
/// <param name="RegisterEpoch">Register epoch.</param>
/// <param name="Ratio">Ratio that holds there.</param>
public readonly record struct StatedTotal(int Unit, WindowKind Kind, long Start, long End, long Total, int RegisterEpoch, ExactDecimal Ratio)
{
    internal static StatedTotal Of(WindowRecord record, in WindowInput input) => new(record.Unit, record.Kind, record.Start, record.End, input.T1, input.RegisterEpoch, input.Ratio);
}
