using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using EdgeGateway.Peers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>libmodbus as the other side: a C server that is compiled for the test.</summary>
public sealed class LibModbusTests
{
    [Fact]
    public async Task A_server_of_libmodbus_gives_every_register()
    {
        var folder = Directory.CreateTempSubdirectory("libmodbus-");
        try
        {
            var program = Path.Combine(folder.FullName, "server");
            var why = await CompileAsync(program);
            Assert.SkipWhen(why is not null, $"needs gcc and libmodbus-dev: {why}");
            var port = FreePort.Next();
            await using var server = PeerProcess.Start(program, [port.ToString(CultureInfo.InvariantCulture)]);
            await server.SaysAsync("port ");
            var sink = new Collected();
            await using var bus = new RunningBus(Plant.Bus(port, TimeSpan.FromSeconds(5), Plant.Device("a", 7, [.. Plant.Row(0, 125), .. Plant.Row(300, 3)]), Plant.Device("b", 9, Plant.Row(990, 20))), sink);
            await Until.TrueAsync(() => sink.Of(127).Length >= 3 && sink.Of(137).Length >= 3, $"three cycles; {bus.Health.LastError}; {server.Output}");
            await bus.StopAsync();
            // The mapping ends at 1000: the ten registers behind it are refused, one by one.
            Assert.All(sink.Samples, s => Assert.Equal(s.Slot < 138 ? (Quality.Good, Register(s.Slot)) : (Quality.BadException, 0L), (s.Quality, s.Integer)));
            await Until.TrueAsync(() => server.Requests().Contains("7 3 0 125"), "the whole request in its log");
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static long Register(int slot) => slot < 125 ? slot : slot < 128 ? 175 + slot : 862 + slot;
    }

    private static async Task<string?> CompileAsync(string program)
    {
        try
        {
            using var gcc = Process.Start(new ProcessStartInfo("gcc", ["-O1", "-o", program, Path.Combine(AppContext.BaseDirectory, "peers", "libmodbus_server.c"), "-lmodbus"]) { RedirectStandardError = true })!;
            var said = await gcc.StandardError.ReadToEndAsync();
            await gcc.WaitForExitAsync();
            return gcc.ExitCode == 0 ? null : said;
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }
    }
}
