using System.Collections.Immutable;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Carbon;

/// <summary>A named edition of coefficients or factors. Immutable.</summary>
/// <param name="Name">Its name, such as <c>gbt2589-2020</c>.</param>
/// <param name="Edition">Raised whenever a row is changed.</param>
/// <param name="Title">For people.</param>
/// <param name="Rows">Its own rows and those of the sets it includes; no two of one carrier and kind overlap.</param>
/// <param name="Choices">Which kind of a carrier holds where there are several.</param>
public sealed record ReferenceSet(string Name, int Edition, string Title, ImmutableArray<ReferenceRow> Rows, ImmutableDictionary<Carrier, string> Choices)
{
    /// <summary>How records name it: <c>gbt2589-2020/1</c>.</summary>
    public string Stamp { get; } = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}/{Edition}");

    /// <summary>The kind of <paramref name="carrier"/> that its rows of <paramref name="use"/> are read for: the chosen one, or the only one; null where nobody has chosen.</summary>
    public string? VariantOf(ReferenceUse use, Carrier carrier)
    {
        if (Choices.TryGetValue(carrier, out var chosen) && Rows.Any(r => r.Use == use && r.Carrier == carrier && r.Variant == chosen)) return chosen;
        var variants = Rows.Where(r => r.Use == use && r.Carrier == carrier).Select(r => r.Variant).Distinct().ToArray();
        return variants switch { [] => "", [var only] => only, _ => variants.Contains("") ? "" : null };
    }
}
