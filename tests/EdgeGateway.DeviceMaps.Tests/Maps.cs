using EdgeGateway.DeviceMaps.Binding;

namespace EdgeGateway.DeviceMaps.Tests;

internal static class Maps
{
    private static readonly Dictionary<string, string> Environment = new() { ["TOKEN"] = "geheim-4711", ["GATEWAY"] = "gw-from-env", ["WORD"] = "not-a-number", ["EMPTY"] = "" };
    private static readonly Dictionary<string, string> Files = new() { ["/run/secrets/key"] = "line-key\n", ["/run/secrets/url"] = "http://secret-host" };

    public static PlantReading Read(string text, string file = "map.yaml") =>
        PlantReader.Read(file, text, TestSchemas.Drivers, TestSchemas.Publishers, Environment.GetValueOrDefault, Files.GetValueOrDefault);
}
