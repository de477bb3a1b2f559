using EdgeGateway.Records.Events;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Rejoining;

/// <summary>Keeps, of all that a replay states, what the newest base window says of each counter.</summary>
public sealed class NewestTotals : IMeteringOutput
{
    private readonly Dictionary<int, StatedTotal> _totals = [];

    /// <summary>By persisted point id.</summary>
    public IReadOnlyDictionary<int, StatedTotal> Totals => _totals;

    /// <inheritdoc/>
    public void Record(WindowRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Kind != WindowKind.Gap && record.Kind.FixedMicros is not (> 0 and <= UtcMicros.PerMinute)) return;
        foreach (ref readonly var input in record.InputsOf(record.Segments[^1]))
        {
            if (input.Basis != Basis.None && (!_totals.TryGetValue(input.Point, out var known) || record.End >= known.End)) _totals[input.Point] = StatedTotal.Of(record, input);
        }
    }

    /// <inheritdoc/>
    public void Event(GatewayEvent happening)
    {
    }
}
