using EdgeGateway.Records.Time;

namespace EdgeGateway.Records.Windows;

/// <summary>What a window record is about; everything downstream is idempotent on key and <see cref="Revision"/>. The gateway's name is added where the record leaves the box.</summary>
/// <param name="Unit">Persisted unit id.</param>
/// <param name="Kind">Kind of window.</param>
/// <param name="WindowId">"" up to 1h, the local date for a day, date/shift, code#n for a batch; at most 64 characters.</param>
/// <param name="Start">UTC microseconds.</param>
public readonly record struct RecordKey(int Unit, WindowKind Kind, string WindowId, long Start)
{
    /// <summary>For messages: <c>unit 3 1m 2026-11-24T00:00:00Z</c>.</summary>
    public override string ToString() => $"unit {Unit} {Kind.Name} {UtcMicros.Format(Start)}{(WindowId.Length == 0 ? "" : " " + WindowId)}";
}
