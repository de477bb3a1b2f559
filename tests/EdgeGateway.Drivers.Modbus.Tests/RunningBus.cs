using EdgeGateway.Pipeline.Buses;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>A bus that runs until disposed.</summary>
internal sealed class RunningBus : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    public RunningBus(BusPlan plan, Collected sink, TimeProvider? time = null, ModbusDriver? driver = null, BusServices? services = null)
    {
        Bus = (ModbusBus)(driver ?? Driver(plan)).CreateBus(plan, services ?? sink.Services(time));
        _run = Bus.RunAsync(_stop.Token);
    }

    public ModbusBus Bus { get; }

    public BusHealth Health => Bus.Health;

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _run.WaitAsync(TimeSpan.FromSeconds(10));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private static ModbusDriver Driver(BusPlan plan) => plan.Connection.Driver switch
    {
        "modbus_rtu" => new ModbusRtuDriver(),
        "modbus_ascii" => new ModbusAsciiDriver(),
        "modbus_rtu_tcp" => new ModbusRtuTcpDriver(),
        "modbus_udp" => new ModbusUdpDriver(),
        "modbus_dtu" => new ModbusDtuDriver(),
        _ => new ModbusTcpDriver(),
    };
}
