using System.Net;
using System.Net.Sockets;
using EdgeGateway.Drivers.Modbus.Polling;
using EdgeGateway.Drivers.Modbus.Sockets;
using EdgeGateway.Peers;
using EdgeGateway.Records.Samples;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Drivers.Modbus.Tests;

public sealed class ReadinessSetTests
{
    public static TheoryData<bool> Kinds => OperatingSystem.IsLinux() ? [true, false] : [false];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_set_tells_what_is_ready_and_can_be_woken(bool epoll)
    {
        using var set = Make(epoll);
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var a = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        a.Connect(listener.LocalEndPoint!);
        using var b = listener.Accept();
        var ready = new Readiness[8];
        set.Add(a, 7, Interest.Read);
        Assert.Equal(0, set.Wait(1_000, ready));
        b.Send([1]);
        Assert.Equal(1, set.Wait(5_000_000, ready));
        Assert.Equal(new Readiness(7, Interest.Read), ready[0]);
        a.Receive(new byte[8]);
        set.Change(a, 7, Interest.Read | Interest.Write);
        Assert.Equal(1, set.Wait(-1, ready));
        Assert.Equal(new Readiness(7, Interest.Write), ready[0]);
        set.Change(a, 7, Interest.Read);
        set.Wake();
        set.Wake();
        Assert.Equal(0, set.Wait(-1, ready));
        Assert.Equal(0, set.Wait(0, ready));
        b.Dispose();
        Assert.Equal(1, set.Wait(-1, ready));
        Assert.True((ready[0].Ready & Interest.Read) != 0);
        set.Remove(a);
        Assert.Equal(0, set.Wait(0, ready));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_bus_thread_runs_on_either(bool epoll)
    {
        var (devices, port) = await Peer.DevicesAsync("drop", "4");
        await using var _ = devices;
        var sink = new Collected();
        var services = sink.Services();
        var thread = new BusThread(services.Time, services.Stamps, () => Make(epoll));
        var layout = BusLayout.Of(Plant.Bus("localhost", port, TimeSpan.FromSeconds(1), Plant.Device("a", 1, Plant.Row(10, 1))), 0, atOnce: false);
        var machine = new ModbusTcpBusMachine(layout, sink, services.Random, NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var run = thread.RunAsync(new BusLink("bus", layout.Host, layout.Port, machine, NullLogger.Instance), stop.Token);
        await Until.TrueAsync(() => layout.Health.Connects >= 2 && sink.Count(Quality.Good) >= 6, "six samples and a reconnect");
        await stop.CancelAsync();
        await run;
        await Until.TrueAsync(() => thread.Pulse.Quiet, "the thread to end");
    }

    private static ReadinessSet Make(bool epoll) => epoll && OperatingSystem.IsLinux() ? new EpollSet() : new SelectSet();
}
