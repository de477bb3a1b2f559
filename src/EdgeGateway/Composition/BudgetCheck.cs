using System.Globalization;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Drivers.Modbus.Budget;

namespace EdgeGateway.Composition;

/// <summary>Lines that cannot do what the map asks of them. What the bytes alone have no time for is impossible, and a fault. What only usual answers have no time for is a doubt: the gateway polls as fast as it can and says what it skipped.</summary>
internal static class BudgetCheck
{
    /// <summary>What a device and the network usually take to answer; <c>plan --round-trip</c> asks for another one.</summary>
    public static readonly TimeSpan UsualAnswer = TimeSpan.FromMilliseconds(20);

    /// <summary>Faults and doubts about a plant, at the places of its connections.</summary>
    public static void Run(PlantMap plant, FaultList faults)
    {
        foreach (var connection in plant.Connections)
        {
            if (BusBudget.Of(connection, plant.Devices, UsualAnswer) is not { Fits: false } usual) continue;
            foreach (var (name, load) in usual.Hurried)
            {
                faults.Warn(plant.Devices.First(d => d.Name == name).Mark, string.Create(CultureInfo.InvariantCulture,
                    $"device '{name}' has no time for what is asked of it: with its request_gap it takes {load:0.0} times the time there is: poll it less often ('edgegateway plan' shows each request)."));
            }
            if (usual.Load <= 1) continue;
            var bytes = BusBudget.Of(connection, plant.Devices, TimeSpan.Zero)!;
            if (bytes.Fits) faults.Warn(connection.Mark, Words(connection, usual, "with 20 ms for an answer it takes"));
            else faults.Add(connection.Mark, Words(connection, bytes, "its bytes alone take"));
        }
    }

    private static string Words(ConnectionMap connection, BusBudget bus, string how) => string.Create(CultureInfo.InvariantCulture,
        $"connection '{connection.Name}' has no time for what is asked of it: {how} {bus.Load:0.0} times the time there is: poll less often, or spread the devices over several lines ('edgegateway plan' shows each request).");
}
