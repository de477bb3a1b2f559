namespace EdgeGateway.Records.Windows;

/// <summary>Which statement about a key is the newest: the store's epoch, then the number of the input entry that caused it. The highest holds.</summary>
/// <param name="Epoch">UTC second at which the store's clock was first trusted, raised by adoption.</param>
/// <param name="Seq">Number of the causing entry of the input log; a key is stated at most once per entry.</param>
public readonly record struct Revision(long Epoch, long Seq) : IComparable<Revision>
{
    /// <inheritdoc/>
    public int CompareTo(Revision other) => Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Seq.CompareTo(other.Seq);

    /// <summary>Older.</summary>
    public static bool operator <(Revision left, Revision right) => left.CompareTo(right) < 0;

    /// <summary>Newer.</summary>
    public static bool operator >(Revision left, Revision right) => left.CompareTo(right) > 0;

    /// <summary>Older or the same.</summary>
    public static bool operator <=(Revision left, Revision right) => left.CompareTo(right) <= 0;

    /// <summary>Newer or the same.</summary>
    public static bool operator >=(Revision left, Revision right) => left.CompareTo(right) >= 0;
}
