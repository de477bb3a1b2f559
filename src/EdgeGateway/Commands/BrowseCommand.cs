using System.CommandLine;
using EdgeGateway.Browsing;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.OpcUa.Browsing;
using EdgeGateway.Drivers.OpcUa;
using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.Commands;

/// <summary><c>browse</c>: what an OPC UA server offers, as a tree or as the beginning of a map.</summary>
internal static class BrowseCommand
{
    private const string Scheme = "opc.tcp://";

    public static Command Create()
    {
        var target = new Argument<string>("target") { Description = "A map, or the URL of a server such as opc.tcp://192.168.1.20:4840." };
        var connection = new Argument<string?>("connection") { Description = "The opc_ua connection of the map; may be left out where there is only one.", DefaultValueFactory = _ => null };
        var node = new System.CommandLine.Option<string?>("--node") { Description = "Where to begin, such as \"nsu=urn:plant:plc;s=Line1\"; the Objects folder where it is not given." };
        var filter = new System.CommandLine.Option<string?>("--filter") { Description = "Only nodes whose name or address contains this, with the nodes above them." };
        var variables = new System.CommandLine.Option<bool>("--variables") { Description = "Only variables, with the nodes above them." };
        var depth = new System.CommandLine.Option<int>("--depth") { Description = "Levels below the beginning.", DefaultValueFactory = _ => 10 };
        var limit = new System.CommandLine.Option<int>("--limit") { Description = "Most nodes.", DefaultValueFactory = _ => 10_000 };
        var server = new System.CommandLine.Option<bool>("--server") { Description = "Enter the server's own object (diagnostics, capabilities) as well." };
        var yaml = new System.CommandLine.Option<bool>("--yaml") { Description = "Print variables as a device of a map; kinds are proposals to be corrected." };
        var device = new System.CommandLine.Option<string>("--device") { Description = "Name of that device.", DefaultValueFactory = _ => "plc-1" };
        var timeout = new System.CommandLine.Option<string>("--timeout") { Description = "Longest wait for a session.", DefaultValueFactory = _ => "15s" };
        string[] keys = ["policy", "mode", "user", "password", "user_certificate", "pki", "verify_host"];
        var given = keys.Select(k => new System.CommandLine.Option<string?>("--" + k.Replace('_', '-')) { Description = $"With a URL: {k} of the connection, as a map would have it." }).ToArray();
        var command = new Command("browse", "Show the nodes of an OPC UA server as a tree, with the addresses that a map uses.") { target, connection, node, filter, variables, depth, limit, server, yaml, device, timeout };
        foreach (var option in given) command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!Durations.TryParse(parsed.GetValue(timeout), out var wait) || wait <= TimeSpan.Zero) return Wrong("--timeout: expected a duration such as 15s.");
            if (parsed.GetValue(depth) is < 1 or > 100) return Wrong("--depth: expected 1 to 100.");
            if (parsed.GetValue(limit) is < 1 or > 1_000_000) return Wrong("--limit: expected 1 to 1000000.");
            var query = new BrowseQuery { Depth = parsed.GetValue(depth), MostNodes = parsed.GetValue(limit), Filter = parsed.GetValue(filter), VariablesOnly = parsed.GetValue(variables), WithServer = parsed.GetValue(server) };
            if (parsed.GetValue(node) is { } root)
            {
                if (NodeAddress.Read(root, out var address) is { } wrong) return Wrong($"--node: {wrong}.");
                query = query with { Root = address };
            }
            var place = parsed.GetRequiredValue(target);
            var found = place.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
                ? OpcUaTarget.OfUrl(place, keys.Zip(given, (k, o) => (k, parsed.GetValue(o))))
                : OpcUaTarget.OfMap(place, parsed.GetValue(connection));
            if (found is null) return ExitCode.Faults;
            return await BrowseAsync(found, query, parsed.GetValue(yaml) ? parsed.GetRequiredValue(device) : null, wait, cancellationToken);
        });
        return command;
    }

    private static async Task<int> BrowseAsync(OpcUaTarget target, BrowseQuery query, string? device, TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            var (tree, problem) = await BrowseSession.RunAsync(target.Options, query, wait, TimeProvider.System, cancellationToken);
            if (tree is null)
            {
                Console.Error.WriteLine($"{target.Name}: {problem}");
                return ExitCode.Faults;
            }
            if (device is null) BrowseTree.Print(tree, Console.Out, Console.Error);
            else Console.Out.Write(target.Yaml + MapSkeleton.Of(tree, device, target.Name));
            return ExitCode.Done;
        }
        catch (OpcUaSetupException e)
        {
            Console.Error.WriteLine($"{target.Name}: {e.Message}");
            return ExitCode.Faults;
        }
    }

    private static int Wrong(string text)
    {
        Console.Error.WriteLine(text);
        return ExitCode.Usage;
    }
}
