using EdgeGateway.Identity;

namespace EdgeGateway.Tests.Identity;

/// <summary>A machine's files as the gateway reads them, in a folder.</summary>
internal sealed class TestHost(string root)
{
    public string Root => root;

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { [HostFiles.Variable] = root };

    public static TestHost Pi(string root, string card, string board)
    {
        var host = new TestHost(root);
        host.Write("etc/machine-id", card + "\n");
        host.Write("sys/firmware/devicetree/base/serial-number", board + "\0");
        return host;
    }

    public void Write(string path, string text)
    {
        var file = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
