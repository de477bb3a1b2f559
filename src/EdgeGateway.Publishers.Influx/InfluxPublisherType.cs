using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Publishers.Influx.Options;

namespace EdgeGateway.Publishers.Influx;

/// <summary>InfluxDB 1.x, 2.x and 3.x, and what takes the same writes: window records, samples and events as line protocol. The measurements are described in docs/influxdb.md.</summary>
public sealed class InfluxPublisherType : IPublisherType
{
    /// <summary>Key <c>influx</c> and its options.</summary>
    public PublisherSchema Schema { get; } = new("influx", InfluxOptions.Table, InfluxOptions.Check) { CheckPlant = ChoiceChecks.Check, Chinese = InfluxChinese.Messages };

    /// <inheritdoc/>
    public TrafficShape Traffic { get; } = new(640, 0, 25, 270);

    /// <inheritdoc/>
    public IPublisher Create(PublisherMap map, PublisherServices services)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(services);
        return new InfluxPublisher(new InfluxSettings(map), services);
    }
}
