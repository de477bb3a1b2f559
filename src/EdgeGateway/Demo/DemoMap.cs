using EdgeGateway.Composition;

namespace EdgeGateway.Demo;

/// <summary>The demo's map, embedded in the binary.</summary>
internal static class DemoMap
{
    private const string Resource = "demo/plant.yaml";

    public static LoadedMap Load(string folder, Func<string, string?> environment)
    {
        using var reader = new StreamReader(typeof(DemoMap).Assembly.GetManifestResourceStream(Resource)!);
        var (map, faults) = MapFile.Parse(Resource, reader.ReadToEnd(), folder, environment);
        return map ?? throw new InvalidOperationException(string.Join(Environment.NewLine, faults));
    }
}
