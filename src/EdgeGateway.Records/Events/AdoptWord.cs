using System.Globalization;

namespace EdgeGateway.Records.Events;

/// <summary>An operator's word that this machine takes the store over: from its entry on, revisions carry the raised epoch.</summary>
public static class AdoptWord
{
    /// <summary>Its verb.</summary>
    public const string Verb = "adopt";

    private const string Epoch = "epoch";

    /// <summary>The word.</summary>
    /// <param name="epoch">The raised epoch, or null where the store had none yet.</param>
    /// <param name="at">When it was said, UTC microseconds.</param>
    /// <param name="by">Who said it.</param>
    public static OperatorWord Of(long? epoch, long at, string by) => new(Verb, "", at, by, epoch is { } e ? [new(Epoch, e.ToString(CultureInfo.InvariantCulture))] : []);

    /// <summary>The epoch that a word raises to; null where it is another word.</summary>
    public static long? EpochOf(OperatorWord word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Verb == Verb && long.TryParse(word.Detail(Epoch), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch : null;
    }
}
