using System.Globalization;
using System.Text;

namespace EdgeGateway.Benchmarks.Whole;

/// <summary>The map by which benchmarks have a gateway poll a simulated server and publish to a broker.</summary>
internal static class PollingMap
{
    /// <summary>So many devices behind one port, each on a connection of its own, every value published.</summary>
    public static string Of(int port, int broker, int devices, int registers, string poll)
    {
        var map = new StringBuilder();
        map.AppendLine("gateway: {id: bench, clock_wait: 0s}").AppendLine("connections:");
        for (var d = 0; d < devices; d++) map.AppendLine(CultureInfo.InvariantCulture, $"  net-{d}: {{modbus_tcp: {{host: 127.0.0.1, port: {port}}}}}");
        map.AppendLine("devices:");
        for (var d = 0; d < devices; d++)
        {
            map.AppendLine(CultureInfo.InvariantCulture, $"  dev-{d}:").AppendLine(CultureInfo.InvariantCulture, $"    connection: net-{d}").AppendLine("    unit_id: 1").AppendLine(CultureInfo.InvariantCulture, $"    poll: {poll}").AppendLine("    points:");
            for (var r = 0; r < registers; r++) map.AppendLine(CultureInfo.InvariantCulture, $"      r{r}: {{table: holding, address: {r}, type: u16}}");
        }
        map.AppendLine(CultureInfo.InvariantCulture, $"publish: {{platform: {{mqtt: {{url: \"mqtt://127.0.0.1:{broker}\", telemetry: all}}}}}}");
        return map.ToString();
    }
}
