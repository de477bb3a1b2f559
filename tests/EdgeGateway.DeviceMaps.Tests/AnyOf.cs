using CsCheck;

namespace EdgeGateway.DeviceMaps.Tests;

internal static class AnyOf
{
    /// <summary>Generates one of <paramref name="items"/>.</summary>
    public static Gen<T> Items<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);
}
