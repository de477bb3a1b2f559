using EdgeGateway.Modbus.Registers;
using EdgeGateway.Peers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>Against pymodbus.</summary>
public sealed class MeterTests
{
    private static readonly string[] Names = ["voltage", "energy", "count", "swapped", "tenths", "long", "negative", "nan"];

    [Fact]
    public async Task Every_type_arrives_with_its_value()
    {
        var (meter, port) = await Peer.MeterAsync();
        await using var _ = meter;
        var sink = new Collected();
        await using var bus = new RunningBus(Plan(port), sink);
        await Until.TrueAsync(() => Names.Select((_, slot) => slot).All(slot => sink.Of(slot).Length >= 3), "three samples of each point");
        Check(sink.Of(0), Quality.Good, 230.5, 0);
        Check(sink.Of(1), Quality.Good, 0, 123456789);
        Check(sink.Of(2), Quality.Good, 0, 4242);
        Check(sink.Of(3), Quality.Good, 0, 1234567);
        Check(sink.Of(4), Quality.Good, 230.1, 0);
        Check(sink.Of(5), Quality.Good, 0, 1234567890123);
        Check(sink.Of(6), Quality.Good, -5, 0);
        Check(sink.Of(7), Quality.BadOutOfRange, 0, 0);
        Assert.All(sink.Samples, s => Assert.InRange(s.Spread, 1, 1_000_000));
        foreach (var points in sink.Samples.GroupBy(s => s.Slot)) Assert.Equal(points.Select(p => p.Time).Order(), points.Select(p => p.Time));
        // Two tables, each merged into one request.
        Assert.Equal(bus.Health.Requests * 12, bus.Health.BytesSent);
        Assert.True(bus.Health.Connected);
        Assert.True(bus.Health.Devices[0].Online);
    }

    private static Pipeline.Buses.BusPlan Plan(int port) => Plant.Bus(port, Plant.Device("meter", 3,
        Plant.Point(Names[0], 0, RegisterType.F32, PointKind.Gauge),
        Plant.Point(Names[1], 2, RegisterType.U32),
        Plant.Point(Names[2], 4),
        Plant.Point(Names[3], 10, RegisterType.F32, order: WordOrder.Cdab, resolution: new(1, -2)),
        Plant.Point(Names[4], 100, RegisterType.U16, PointKind.Gauge, input: true, resolution: new(1, -1)),
        Plant.Point(Names[5], 101, RegisterType.U64, input: true),
        Plant.Point(Names[6], 105, RegisterType.I16, PointKind.Gauge, input: true),
        Plant.Point(Names[7], 106, RegisterType.F32, PointKind.Gauge, input: true)));

    private static void Check(Sample[] samples, Quality quality, double number, long integer) =>
        Assert.All(samples, s => Assert.Equal((quality, number, integer), (s.Quality, s.Number, s.Integer)));
}
