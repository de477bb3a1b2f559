using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.Modbus.Options;
using EdgeGateway.Drivers.Modbus.Polling;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>What reads streams of a line as a function of bytes: it throws where a stream breaks the bus, or where its device is not read again afterwards. The tests replay the corpora.</summary>
public static class FuzzTargets
{
    private const long Second = 1_000_000;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>The targets by name; a corpus lies in the folder of that name below <c>Corpus</c>.</summary>
    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } = new SortedDictionary<string, Action<byte[]>>(StringComparer.Ordinal)
    {
        ["line-tcp"] = bytes => OfLine(bytes, Plant.Bus(502, Meter)),
        ["line-rtu"] = bytes => OfLine(bytes, Plant.Serial("modbus_rtu", "/dev/none", Poll, _ => { }, Meter)),
        ["line-ascii"] = bytes => OfLine(bytes, Plant.Serial("modbus_ascii", "/dev/none", Poll, _ => { }, Meter)),
        ["line-echo"] = bytes => OfLine(bytes, Plant.Serial("modbus_rtu", "/dev/none", Poll, o => o.Set(SerialOptions.Echo, true), Meter)),
        ["line-dtu"] = bytes => OfLine(bytes, Plant.Bus("modbus_dtu", new OptionValues { Mark = Plant.Here }.Set(DtuOptions.Port, 9_000L).Set(DtuOptions.Heartbeat, "beat"), Meter)),
        ["packet"] = OfPacket,
    };

    private static DeviceMaps.Plant.DeviceMap Meter => Plant.Device("a", 1, Plant.Row(10, 2, Poll));

    // A chunk is a byte that tells its length and the time behind it, and its bytes.
    private static void OfLine(byte[] bytes, BusPlan plan)
    {
        var run = new MachineRun(plan, (_, _) => Answer.Silence);
        run.For(Second);
        for (var at = 0; at < bytes.Length;)
        {
            var (length, pause) = (1 + (bytes[at] & 0x3F), bytes[at] >> 6);
            var chunk = bytes.AsSpan(at + 1, Math.Min(length, bytes.Length - at - 1));
            at += 1 + chunk.Length;
            while (!chunk.IsEmpty && run.Machine.Line == LineState.Up)
            {
                Demand(!run.Machine.Space.IsEmpty, "there is no room for more bytes");
                var part = Math.Min(chunk.Length, run.Machine.Space.Length);
                run.Arrive(chunk[..part]);
                chunk = chunk[part..];
            }
            run.For(pause * 200_000);
        }
        run.Device = (_, _) => Answer.Good;
        run.For(70 * Second);
        Demand(run.Sink.Samples.TakeLast(2).All(s => s.Quality == Quality.Good && s.Integer == 10 + s.Slot), "the device is not read again");
    }

    private static void OfPacket(byte[] bytes)
    {
        var written = System.Text.Encoding.UTF8.GetString(bytes);
        if (PacketText.Fault(written) is not null) return;
        var packet = PacketText.Parse(written)!;
        Demand(packet.Length is > 0 and <= PacketText.MaxBytes, "a packet of no length, or too long");
        // Text that begins with 0x would be read as digits.
        var shown = PacketText.Show(packet);
        if (!packet.AsSpan().StartsWith("0x"u8) && !packet.AsSpan().StartsWith("0X"u8)) Demand(PacketText.Parse(shown)!.AsSpan().SequenceEqual(packet), "it is shown as another packet");
    }

    private static void Demand(bool holds, string what)
    {
        if (!holds) throw new InvalidOperationException(what);
    }
}
