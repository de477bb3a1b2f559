namespace EdgeGateway.Metering.Carbon;

/// <summary>What a row of a reference set is for. Values of unlike uses are never mixed.</summary>
public enum ReferenceUse : byte
{
    /// <summary>Standard coal for an amount of a carrier: GB/T 2589.</summary>
    CoalEquivalent = 1,

    /// <summary>Carbon dioxide of a fuel burnt on the site: scope 1.</summary>
    Combustion = 2,

    /// <summary>Carbon dioxide of bought electricity or heat by the grid it comes from: scope 2, location-based.</summary>
    Location = 3,

    /// <summary>Carbon dioxide of bought electricity or heat by its supplier or the residual mix, before certificates: scope 2, market-based.</summary>
    Market = 4,

    /// <summary>Greenhouse gases of electricity in a product's footprint (ISO 14067, GB/T 24067); kgCO2e, a series of its own.</summary>
    Footprint = 5,
}

/// <summary>Words of uses in sets.</summary>
public static class ReferenceUses
{
    private static readonly (string Word, ReferenceUse Use)[] Words =
    [
        ("coal_equivalent", ReferenceUse.CoalEquivalent), ("combustion", ReferenceUse.Combustion), ("location", ReferenceUse.Location), ("market", ReferenceUse.Market), ("footprint", ReferenceUse.Footprint),
    ];

    /// <summary>All words and what they mean.</summary>
    public static IReadOnlyList<(string Word, ReferenceUse Use)> All => Words;

    /// <summary>The word.</summary>
    public static string Word(this ReferenceUse use) => Words[(int)use - 1].Word;

    /// <summary>True for electricity's yearly series, where the year of a factor may not be that of the activity.</summary>
    public static bool IsYearly(this ReferenceUse use) => use is ReferenceUse.Location or ReferenceUse.Market or ReferenceUse.Footprint;
}
