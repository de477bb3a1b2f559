using EdgeGateway.Records.Events;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering;

/// <summary>Receives what metering states while an entry is applied.</summary>
public interface IMeteringOutput
{
    /// <summary>A window record. It is lent: encode or copy it before returning.</summary>
    void Record(WindowRecord record);

    /// <summary>An event.</summary>
    void Event(GatewayEvent happening);
}

/// <summary>The entry of the input log that is being applied: metering's only clock.</summary>
/// <param name="Seq">Its number; the second half of every revision it causes.</param>
/// <param name="Now">Its time, UTC microseconds; never falls from entry to entry.</param>
/// <param name="ClockVerified">False where the clock was not verified: records are flagged.</param>
public readonly record struct EntryStamp(long Seq, long Now, bool ClockVerified);
