using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering;

/// <summary>What was stated before: the record log, read by the jobs that mend it.</summary>
public interface IRecordHistory
{
    /// <summary>The newest statement of each window of a unit and kind that starts in [from, to), ascending by start.</summary>
    /// <param name="unit">Persisted unit id.</param>
    /// <param name="kind">Kind of window.</param>
    /// <param name="from">UTC microseconds, inclusive.</param>
    /// <param name="to">UTC microseconds, exclusive.</param>
    /// <param name="limit">At most so many.</param>
    /// <returns>Records that are the caller's, to change as it likes. All that was stated by earlier entries is among them.</returns>
    IReadOnlyList<WindowRecord> Read(int unit, WindowKind kind, long from, long to, int limit);
}
