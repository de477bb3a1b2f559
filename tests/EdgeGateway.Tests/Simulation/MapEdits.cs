namespace EdgeGateway.Tests.Simulation;

/// <summary>Changes of the simulated workshop's map.</summary>
internal static class MapEdits
{
    private const string Metering = "metering: {base: 1m, windows: [15m, 1h]}";

    /// <summary>With coal equivalent and carbon.</summary>
    public static string WithCarbon(string map) => map.Contains(Metering, StringComparison.Ordinal)
        ? map.Replace(Metering, "metering: {base: 1m, windows: [15m, 1h], coefficients: gbt2589-2020, factors: cn-guangdong-2023}", StringComparison.Ordinal)
        : throw new ArgumentException("The map has another section metering.", nameof(map));
}
