using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>Makes a <see cref="StoreMap"/> of the section's values.</summary>
internal static class StoreBinder
{
    private static readonly TimeSpan SsdCommit = TimeSpan.FromSeconds(2), SdCardCommit = TimeSpan.FromSeconds(10);

    public static StoreMap Bind(OptionValues values) => new()
    {
        Path = values.Has(MapOptions.Store.Path) ? values.Get(MapOptions.Store.Path) : null,
        Commit = values.GetOr(MapOptions.Store.Commit, values.Get(MapOptions.Store.Profile) == StoreProfile.SdCard ? SdCardCommit : SsdCommit),
        KeepSamples = values.Get(MapOptions.Store.KeepSamples),
        SampleMegabytes = values.Get(MapOptions.Store.SampleMegabytes),
        KeepShort = values.Get(MapOptions.Store.KeepShort),
        KeepQuarter = values.Get(MapOptions.Store.KeepQuarter),
        KeepEvents = values.Get(MapOptions.Store.KeepEvents),
        RecordMegabytes = values.Get(MapOptions.Store.RecordMegabytes),
    };
}
