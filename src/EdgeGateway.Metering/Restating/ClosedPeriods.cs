using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Restating;

/// <summary>Keeps closed reporting periods as they were reported: whatever would be stated of a window in them becomes an adjustment record, with a key of its own.</summary>
/// <remarks>The adjustment says the whole window as it is known now, so that it less what was reported is the correction. Base windows, and the gap records that stand for them, are not adjusted one by one: the longer ones say it.</remarks>
/// <param name="baseKind">The base window.</param>
/// <param name="hasLonger">False where nothing but base windows is stated.</param>
internal sealed class ClosedPeriods(WindowKind baseKind, bool hasLonger) : IMeteringOutput
{
    private IMeteringOutput? _output;

    /// <summary>Windows that end up to here are closed; <see cref="long.MinValue"/> where nothing is.</summary>
    public long Until { get; set; } = long.MinValue;

    /// <summary>This, in front of another one.</summary>
    public IMeteringOutput Over(IMeteringOutput output)
    {
        if (Until == long.MinValue) return output;
        _output = output;
        return this;
    }

    /// <summary>What was stated, and adjusted since.</summary>
    public IRecordHistory Over(IRecordHistory history) => Until == long.MinValue ? history : new AdjustedHistory(history);

    public void Record(WindowRecord record)
    {
        if (record.End <= Until && record.Kind != WindowKind.Adjustment)
        {
            if ((record.Kind == baseKind || record.Kind == WindowKind.Gap) && hasLonger) return;
            (record.Kind, record.WindowId) = (WindowKind.Adjustment, AdjustedHistory.NameOf(record));
        }
        _output!.Record(record);
    }

    public void Event(GatewayEvent happening) => _output!.Event(happening);

    public void Save(ByteWriter w) => w.Signed(Until);

    public void Load(ref ByteReader r) => Until = r.Signed();

    /// <summary>For people.</summary>
    public override string ToString() => Until == long.MinValue ? "nothing closed" : $"closed up to {UtcMicros.Format(Until)}";
}
