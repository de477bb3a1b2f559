using System.Globalization;

namespace EdgeGateway.Pipeline.Time;

/// <summary>The last source: an operator who looked at the system clock and said that it is right. It holds for this boot, on the monotonic clock: what the system clock does later, nobody looked at. Thread-safe.</summary>
public sealed class OperatorClock : IClockSource
{
    /// <summary>The verb of the operator's word.</summary>
    public const string Verb = "trust_clock";

    private long _offset = long.MinValue;

    /// <inheritdoc/>
    public string Name => "operator";

    /// <inheritdoc/>
    public bool HasOwnTime => true;

    /// <inheritdoc/>
    public bool IsSynchronised => Offset is not null;

    /// <inheritdoc/>
    public long? Offset => Interlocked.Read(ref _offset) is var offset && offset == long.MinValue ? null : offset;

    /// <summary>Vouches for what the system clock shows now.</summary>
    /// <param name="offset">UTC of boot-monotonic zero by the system clock, microseconds.</param>
    public void Vouch(long offset) => Interlocked.Exchange(ref _offset, offset);

    /// <summary>What was said, for the next process of the same boot.</summary>
    public string? Write(string boot) => Offset is { } offset ? string.Create(CultureInfo.InvariantCulture, $"{boot} {offset}") : null;

    /// <summary>Takes up what was said in this boot; anything else is passed over.</summary>
    public void Read(string? written, string boot)
    {
        if (written is null || !written.StartsWith(boot + " ", StringComparison.Ordinal)) return;
        if (long.TryParse(written.AsSpan(boot.Length + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var offset)) Vouch(offset);
    }
}
