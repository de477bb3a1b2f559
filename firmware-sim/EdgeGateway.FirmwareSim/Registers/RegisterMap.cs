using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace EdgeGateway.FirmwareSim.Registers;

/// <summary>The devices of the plant and their registers: the same in every profile.</summary>
/// <remarks>
/// Laid out like common devices: a three-phase meter with floats at the addresses of many meters on the market, two meters with integers, a PLC.
/// Between them they use f32, u32 and u16 in holding and in input registers, moduli of 2³², of 10⁹ and of 10⁷ steps.
/// </remarks>
public static class RegisterMap
{
    private static readonly TimeSpan MeterUpdate = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PlcUpdate = TimeSpan.FromMilliseconds(100);

    /// <summary>The incoming meter, the line meters, the PLC.</summary>
    public static ImmutableArray<DeviceSpec> Devices { get; } =
    [
        new DeviceSpec
        {
            Name = "workshop", UnitId = 1, Tables = RegisterTables.Both, Size = 128, RatedKilowatts = 75, Text = "incoming meter: line 1 + line 2 + base load",
            Registers =
            [
                Gauge("voltage", 0x0000, RegisterType.F32, "V", 0, "phase voltage"),
                Gauge("power", 0x0034, RegisterType.F32, "W", 0, "mean power of the last update"),
                Energy("energy", 0x0048, RegisterType.F32, 0.001m, 10_000_000, 1_204_560, "energy import, multiples of 0.001 kWh, 0 after 9 999.999 kWh"),
            ],
        },
        LineMeter("line-1", 2, RegisterTables.Holding, 50, 81_234_567),
        LineMeter("line-2", 3, RegisterTables.Input, 25, 4_321_098),
        new DeviceSpec
        {
            Name = "plc", UnitId = 10, Tables = RegisterTables.Both, Size = 32, RatedKilowatts = 0, Text = "counts and states of both lines",
            Registers =
            [
                Pieces("good-1", 0x0000, 15_230, "good pieces, line 1"),
                Pieces("scrap-1", 0x0002, 312, "scrapped pieces, line 1"),
                State("state-1", 0x0004, "line 1: 0 stopped, 1 idle, 2 running"),
                Pieces("good-2", 0x0010, 8_077, "good pieces, line 2"),
                Pieces("scrap-2", 0x0012, 401, "scrapped pieces, line 2"),
                State("state-2", 0x0014, "line 2: 0 stopped, 1 idle, 2 running"),
            ],
        },
    ];

    /// <summary>The device of that name, or null.</summary>
    public static DeviceSpec? Find(string device) => Devices.FirstOrDefault(d => d.Name == device);

    /// <summary>The map as a table for people.</summary>
    public static string Text()
    {
        var text = new StringBuilder();
        text.Append("Addresses are 0-based, as in the PDU; 32-bit values have the high word first. Reads of 1 to 125 registers; unlisted addresses below the size read 0.\n");
        foreach (var device in Devices)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{device.Name}, unit {device.UnitId}: {device.Text}\n");
            text.Append(CultureInfo.InvariantCulture, $"  {TablesText(device.Tables)}, {device.Size} registers{(device.RatedKilowatts > 0 ? $", rated {device.RatedKilowatts} kW" : "")}\n");
            foreach (var r in device.Registers)
            {
                var scale = r.Resolution > 0 ? $"{r.Resolution.ToString("0.###", CultureInfo.InvariantCulture)} {r.Unit}" : r.Unit;
                var modulus = r.Modulus > 0 ? string.Create(CultureInfo.InvariantCulture, $", modulus {r.Modulus}") : "";
                text.Append(CultureInfo.InvariantCulture, $"  0x{r.Address:X4} {r.Address,4}  {r.Name,-9} {r.Type,-3}  {scale,-10} every {r.Update.TotalSeconds:0.0} s  {r.Text}{modulus}\n");
            }
        }

        text.Append("\nDiscrete inputs of the plc (function 2): 0 line 1 running, 1 line 2 running.\n");
        return text.ToString();
    }

    private static string TablesText(RegisterTables tables) => tables switch
    {
        RegisterTables.Holding => "holding registers (function 3)",
        RegisterTables.Input => "input registers (function 4)",
        _ => "holding and input registers (functions 3 and 4)",
    };

    private static DeviceSpec LineMeter(string name, byte unit, RegisterTables tables, int rated, long initial) => new()
    {
        Name = name, UnitId = unit, Tables = tables, Size = 64, RatedKilowatts = rated, Text = $"meter of {name}",
        Registers =
        [
            Gauge("voltage", 0x0000, RegisterType.U16, "V", 0.1m, "phase voltage"),
            Gauge("power", 0x0010, RegisterType.F32, "W", 0, "mean power of the last update"),
            Energy("energy", 0x0020, RegisterType.U32, 0.01m, 1L << 32, initial, "energy import"),
            Energy("energy-wh", 0x0022, RegisterType.U32, 0.001m, 1_000_000_000, initial * 10, "the same energy in Wh, nine digits"),
        ],
    };

    private static RegisterSpec Gauge(string name, ushort address, RegisterType type, string unit, decimal resolution, string text) => new()
    {
        Name = name, Address = address, Type = type, Role = RegisterRole.Gauge, Unit = unit, Resolution = resolution, Update = MeterUpdate, Text = text,
    };

    private static RegisterSpec Energy(string name, ushort address, RegisterType type, decimal resolution, long modulus, long initial, string text) => new()
    {
        Name = name, Address = address, Type = type, Role = RegisterRole.Counter, Unit = "kWh", Resolution = resolution,
        Modulus = modulus, InitialSteps = initial, Update = MeterUpdate, Text = text,
    };

    private static RegisterSpec Pieces(string name, ushort address, long initial, string text) => new()
    {
        Name = name, Address = address, Type = RegisterType.U32, Role = RegisterRole.Counter, Unit = "pieces", Resolution = 1,
        Modulus = 1L << 32, InitialSteps = initial, Update = PlcUpdate, Text = text,
    };

    private static RegisterSpec State(string name, ushort address, string text) => new()
    {
        Name = name, Address = address, Type = RegisterType.U16, Role = RegisterRole.State, Unit = "state", Resolution = 1, Update = PlcUpdate, Text = text,
    };
}
