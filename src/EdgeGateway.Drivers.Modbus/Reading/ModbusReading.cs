using System.Buffers.Binary;
using System.Collections.Immutable;
using EdgeGateway.Pipeline.Buses;

namespace EdgeGateway.Drivers.Modbus.Reading;

/// <summary>What one round over a connection told.</summary>
/// <param name="Points">Every point of the plan, in its order.</param>
/// <param name="Health">What went wrong, of the line and of each device.</param>
public sealed record ModbusReading(ImmutableArray<PointReading> Points, BusHealth Health)
{
    /// <summary>Runs the connection's bus until it told of every point, good or bad, or <paramref name="timeout"/> passed.</summary>
    /// <param name="plan">The connection; its polls are made at once.</param>
    /// <param name="services">As for a bus; its sink is not used.</param>
    /// <param name="timeout">At most this long, on the services' time.</param>
    /// <param name="cancellationToken">Gives up early.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<ModbusReading> ReadAllAsync(BusPlan plan, BusServices services, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var points = plan.Devices.SelectMany(d => d.Points).ToArray();
        var sink = new FirstSamples(points.Select(p => p.Slot));
        var raw = new Dictionary<int, ImmutableArray<ushort>>();
        var bus = new ModbusTcpDriver().Create(plan, services with { Sink = sink }, atOnce: true, (slot, registers) => raw.TryAdd(slot, Words(registers)));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var run = bus.RunAsync(stop.Token);
        try
        {
            await sink.Complete.WaitAsync(timeout, services.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // What was not heard of stays without a quality.
        }
        finally
        {
            await stop.CancelAsync();
            await run;
        }
        return new ModbusReading([.. points.Select(p => sink.ReadingOf(p, raw.GetValueOrDefault(p.Slot, [])))], bus.Health);
    }

    private static ImmutableArray<ushort> Words(ReadOnlySpan<byte> registers)
    {
        var words = new ushort[registers.Length / 2];
        for (var i = 0; i < words.Length; i++) words[i] = BinaryPrimitives.ReadUInt16BigEndian(registers[(2 * i)..]);
        return [.. words];
    }

}
