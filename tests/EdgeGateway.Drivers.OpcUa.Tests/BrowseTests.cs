using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.OpcUa.Browsing;
using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.Drivers.OpcUa.Tests.Peers;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.Peers;

namespace EdgeGateway.Drivers.OpcUa.Tests;

/// <summary>The tree of a real server, with a cycle in it, and the map made of it.</summary>
public sealed class BrowseTests(SharedServers servers)
{
    private Task<(BrowseNode? Tree, string? Problem)> BrowseAsync(OpcUaServer server, BrowseQuery query)
    {
        var options = new OptionValues { Mark = new Mark("test.yaml", 1, 1) }.Set(OpcUaOptions.Endpoint, server.Url).Set(OpcUaOptions.Policy, SecurityPolicy.None).Set(OpcUaOptions.Pki, servers.Pki);
        return BrowseSession.RunAsync(options, query, TimeSpan.FromSeconds(20), TimeProvider.System, CancellationToken.None);
    }

    private static IEnumerable<BrowseNode> All(BrowseNode node) => node.Children.SelectMany(All).Prepend(node);

    [Fact]
    public async Task A_cycle_ends_where_it_began_and_types_are_told()
    {
        var (tree, problem) = await BrowseAsync(servers.Plain, new BrowseQuery());
        Assert.Null(problem);
        var plc = Assert.Single(tree!.Children, c => c.Name == "Plc");
        Assert.Equal("nsu=urn:peer:plc;s=Plc", plc.Address!.ToString());
        var line = Assert.Single(plc.Children);
        Assert.True(Assert.Single(line.Children, c => c.Name == "Plc").Repeated);
        Assert.Equal("Double", Assert.Single(line.Children, c => c.Name == "F64").DataType);
        Assert.Equal("Double[]", Assert.Single(line.Children, c => c.Name == "Array").DataType);
        Assert.DoesNotContain(tree.Children, c => c.Name == "Server");
    }

    [Fact]
    public async Task Filter_depth_and_number_of_nodes_are_kept()
    {
        var (filtered, _) = await BrowseAsync(servers.Plain, new BrowseQuery { Filter = "steady" });
        Assert.Equal(["Plc", "Line1", "Steady"], All(filtered!).Skip(1).Select(n => n.Name));
        var (shallow, _) = await BrowseAsync(servers.Plain, new BrowseQuery { Depth = 1 });
        Assert.All(shallow!.Children, c => Assert.Empty(c.Children));
        var (few, _) = await BrowseAsync(servers.Plain, new BrowseQuery { MostNodes = 10 });
        Assert.True(All(few!).Count() <= 11);
        Assert.Contains(All(few!), n => n.Cut);
    }

    [Fact]
    public async Task A_server_with_limits_is_browsed_whole()
    {
        var (tree, _) = await BrowseAsync(servers.Limited, new BrowseQuery { VariablesOnly = true });
        Assert.Equal(350, All(tree!).Count(n => n.Name.StartsWith('D') && n.DataType == "Double"));
    }

    [Fact]
    public async Task The_map_names_nodes_by_uri()
    {
        var (tree, _) = await BrowseAsync(servers.Plain, new BrowseQuery { Root = new NodeAddress("urn:peer:plc", new NodeId(0, "Line1")) });
        var yaml = MapSkeleton.Of(tree!, "plc-1", "plc-a");
        Assert.Contains("      f64: {node: \"nsu=urn:peer:plc;s=F64\", kind: gauge}  # Double\n", yaml, StringComparison.Ordinal);
        Assert.Contains("      text: {node: \"nsu=urn:peer:plc;s=Text\", kind: text}  # String\n", yaml, StringComparison.Ordinal);
        Assert.Contains("      # array: \"nsu=urn:peer:plc;s=Array\" is of type Double[]\n", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_root_is_said()
    {
        var (tree, problem) = await BrowseAsync(servers.Plain, new BrowseQuery { Root = new NodeAddress("urn:nobody", new NodeId(0, 1)) });
        Assert.Null(tree);
        Assert.Contains("does not know the namespace", problem, StringComparison.Ordinal);
    }
}
