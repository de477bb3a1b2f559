using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Publishing;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Publishers.Influx.Tests;

/// <summary>Publishers of this kind, from options as a map binds them.</summary>
internal static class Target
{
    private static readonly InfluxPublisherType Type = new();

    public static IPublisher Publisher(ILoggerFactory? log, params (string Key, string Value)[] options) => Plant.Publisher(Type, TimeProvider.System, log, options);

    public static IPublisher Publisher(TimeProvider time, ILoggerFactory? log, params (string Key, string Value)[] options) => Plant.Publisher(Type, time, log, options);

    public static PublisherMap Map(params (string Key, string Value)[] options) => Plant.Map(Type.Schema, options);

    public static PublisherMap Bind(FaultList faults, params (string Key, string Value)[] options) => Plant.Bind(Type.Schema, faults, options);
}
