using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Drivers.Modbus.Options;
using EdgeGateway.Drivers.Modbus.Polling;

namespace EdgeGateway.Drivers.Modbus.Budget;

/// <summary>The requests of a Modbus bus as they are planned, and whether its line has the time for them. Pure; nothing is opened.</summary>
/// <param name="Name">The connection's name.</param>
/// <param name="Driver">The driver's key.</param>
/// <param name="Place">Where the line goes: <c>/dev/ttyUSB0 (9600 8E1)</c>.</param>
/// <param name="Requests">In the order of the map.</param>
public sealed record BusBudget(string Name, string Driver, string Place, ImmutableArray<RequestBudget> Requests)
{
    /// <summary>Time to read everything once.</summary>
    public TimeSpan Once => Sum(Requests.Select(r => r.Takes));

    /// <summary>Share of its time in which the line is busy, from 0; above 1 the periods cannot be held.</summary>
    public double Load => Requests.Sum(r => r.Load);

    /// <summary>True where the line and each device on it have the time for what the map asks.</summary>
    public bool Fits => Load <= 1 && !Hurried.Any();

    /// <summary>Devices that need more rest between their requests than the map leaves them, with their load, above 1.</summary>
    public IEnumerable<(string Device, double Load)> Hurried => Requests.Where(r => r.Rest > TimeSpan.Zero).GroupBy(r => r.Device).Select(d => (d.Key, d.Sum(r => (r.Takes + r.Rest) / r.Period))).Where(d => d.Item2 > 1);

    /// <summary>The period to which a request is stretched in the long run: its own where the bus fits, else as much longer as the bus is overloaded.</summary>
    public TimeSpan Held(RequestBudget request) => request.Period * Math.Max(1, Load);

    /// <summary>Plans a connection; null where it is not Modbus.</summary>
    /// <param name="connection">Validated.</param>
    /// <param name="devices">The plant's devices; those of other connections are passed over.</param>
    /// <param name="roundTrip">What a device and the network take to answer, beside the time of the bytes on a serial line.</param>
    public static BusBudget? Of(ConnectionMap connection, IEnumerable<DeviceMap> devices, TimeSpan roundTrip)
    {
        if (!ModbusSchemas.All.Any(s => s.Key == connection.Driver)) return null;
        var line = LineSettings.Of(connection);
        var requests = devices.Where(d => d.Connection == connection.Name).SelectMany(d => BusLayout.Requests(d).Select(block => new RequestBudget(
            d.Name, (int)d.Options.Get(ModbusOptions.UnitId), block.ToString(), block.Request.Count, block.Items.Length,
            TimeSpan.FromMicroseconds(block.PeriodMicros), roundTrip + TimeSpan.FromMicroseconds(line.WireMicros(block.Request)),
            d.Options.GetOr(ModbusOptions.DeviceGap, TimeSpan.Zero))));
        return new BusBudget(connection.Name, connection.Driver, line.Place, [.. requests]);
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> spans) => spans.Aggregate(TimeSpan.Zero, (sum, span) => sum + span);
}
