using EdgeGateway.Drivers.OpcUa.Lines;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.Drivers.OpcUa.Browsing;

/// <summary>Walks a server's nodes level by level, in batches within its limits; ends at the depth, at the number of nodes, and at nodes it has seen.</summary>
internal sealed class Browser(UaLine line)
{
    private const uint ReferencesPerNode = 1000;
    private static readonly NodeId Server = new(0, 2253);

    private readonly HashSet<NodeId> _seen = [];
    private int _count;

    /// <summary>The tree below the root, or why there is none.</summary>
    public async Task<(BrowseNode? Tree, string? Problem)> WalkAsync(BrowseQuery query, CancellationToken cancellationToken)
    {
        if (!line.Client.Namespaces.TryResolve(query.Root, out var start)) return (null, $"the server does not know the namespace of {query.Root}");
        var root = new Growing(start, new BrowseNode { Address = query.Root, Name = query.Root.ToString(), Class = NodeClass.Object });
        _seen.Add(start);
        List<Growing> level = [root];
        for (var depth = 0; depth < query.Depth && level.Count > 0; depth++) level = await NextLevelAsync(level, query, cancellationToken);
        foreach (var rest in level) rest.Node = rest.Node with { Cut = true };
        if (root.Node.Status.IsBad) return (null, $"{query.Root}: {root.Node.Status}");
        if (query.WithTypes) await ReadTypesAsync(root, cancellationToken);
        return (Build(root, query, top: true), null);
    }

    private async Task<List<Growing>> NextLevelAsync(List<Growing> level, BrowseQuery query, CancellationToken cancellationToken)
    {
        var next = new List<Growing>();
        for (var at = 0; at < level.Count;)
        {
            var batch = level.Skip(at).Take(line.Client.Limits[Operation.Browse]).ToArray();
            var nodes = batch.Select(b => b.Id).ToArray();
            var (status, results) = await line.AskAsync(ViewServices.Browse, (w, _) => ViewServices.WriteBrowse(w, nodes, ReferencesPerNode, NodeClass.Unspecified),
                (ref UaReader r) => ViewServices.ReadBrowse(ref r, nodes.Length), cancellationToken);
            if (OperationLimits.IsTooMuch(status) && line.Client.Limits.Halve(Operation.Browse, batch.Length)) continue;
            at += batch.Length;
            if (status.IsBad || results is null)
            {
                foreach (var b in batch) b.Node = b.Node with { Status = status.IsBad ? status : new StatusCode(StatusCodes.BadDecodingError) };
                continue;
            }
            for (var i = 0; i < batch.Length; i++) await GrowAsync(batch[i], results[i], query, next, cancellationToken);
        }
        return next;
    }

    private async Task GrowAsync(Growing parent, BrowseResult result, BrowseQuery query, List<Growing> next, CancellationToken cancellationToken)
    {
        parent.Node = parent.Node with { Status = result.Status };
        while (true)
        {
            foreach (var reference in result.References) Add(parent, reference, query, next);
            if (result.Continuation.Length == 0) return;
            // A server keeps few continuation points: one that is not used up must be given back.
            var release = _count >= query.MostNodes;
            var point = result.Continuation;
            var (status, more) = await line.AskAsync(ViewServices.BrowseNext, (w, _) => ViewServices.WriteBrowseNext(w, release, [point]), (ref UaReader r) => ViewServices.ReadBrowse(ref r, 1), cancellationToken);
            if (release) return;
            if (status.IsBad || more is null)
            {
                parent.Node = parent.Node with { Status = status };
                return;
            }
            result = more[0];
        }
    }

    private void Add(Growing parent, Reference reference, BrowseQuery query, List<Growing> next)
    {
        var target = reference.Target;
        if (target.Node == Server && !query.WithServer && target.Server == 0) return;
        if (_count >= query.MostNodes)
        {
            parent.Node = parent.Node with { Cut = true };
            return;
        }
        _count++;
        var here = target.Server == 0;
        var node = target.Node;
        if (here && target.NamespaceUri is { } uri) here = line.Client.Namespaces.TryResolve(new NodeAddress(uri, node.In(0)), out node);
        var again = !here || !_seen.Add(node);
        var child = new Growing(node, new BrowseNode
        {
            Address = here ? line.Client.Namespaces.AddressOf(node) : null,
            Name = reference.Name.Name ?? "",
            DisplayName = reference.DisplayName,
            Class = reference.Class,
            Repeated = again,
        });
        parent.Children.Add(child);
        if (!again) next.Add(child);
    }

    private async Task ReadTypesAsync(Growing root, CancellationToken cancellationToken)
    {
        var variables = All(root).Where(g => g.Node.Class == NodeClass.Variable && !g.Node.Repeated).ToArray();
        for (var at = 0; at < variables.Length;)
        {
            var batch = variables.Skip(at).Take(Math.Max(1, line.Client.Limits[Operation.Read] / 2)).ToArray();
            var items = batch.SelectMany(v => new[] { new ReadItem(v.Id, Attributes.DataType), new ReadItem(v.Id, Attributes.ValueRank) }).ToArray();
            var (status, words) = await line.AskAsync(AttributeServices.Read, (w, _) => AttributeServices.WriteRead(w, TimestampsToReturn.Neither, items),
                (ref UaReader r) => Words(ref r, items.Length), cancellationToken);
            if (OperationLimits.IsTooMuch(status) && line.Client.Limits.Halve(Operation.Read, items.Length)) continue;
            at += batch.Length;
            for (var i = 0; i < batch.Length && words is not null; i++) batch[i].Node = batch[i].Node with { DataType = words[i] };
        }
    }

    private static string?[]? Words(ref UaReader r, int count)
    {
        var values = new DataValue[count];
        if (!AttributeServices.ReadValues(ref r, values)) return null;
        var words = new string?[count / 2];
        for (var i = 0; i < words.Length; i++)
        {
            ref readonly var type = ref values[2 * i].Value;
            if (type.Type != BuiltInType.NodeId || type.IsArray) continue;
            var id = new UaReader(type.Content(r.Data)).NodeId();
            var name = id is { Namespace: 0, Kind: NodeIdKind.Number, Number: >= 1 and <= 25 } ? ((BuiltInType)id.Number).ToString() : id.ToString();
            words[i] = values[2 * i + 1].Value.TryInteger(out var rank) && rank >= 0 ? name + "[]" : name;
        }
        return words;
    }

    private static IEnumerable<Growing> All(Growing node) => node.Children.SelectMany(All).Prepend(node);

    private static BrowseNode? Build(Growing node, BrowseQuery query, bool top)
    {
        var children = node.Children.Select(c => Build(c, query, top: false)).OfType<BrowseNode>().ToArray();
        var keep = top || children.Length > 0 || (Matches(node.Node, query.Filter) && (!query.VariablesOnly || node.Node.Class == NodeClass.Variable));
        return keep ? node.Node with { Children = children } : null;
    }

    private static bool Matches(BrowseNode node, string? filter) => string.IsNullOrEmpty(filter) ||
        node.Name.Contains(filter, StringComparison.OrdinalIgnoreCase) || node.DisplayName?.Contains(filter, StringComparison.OrdinalIgnoreCase) == true ||
        node.Address?.ToString().Contains(filter, StringComparison.OrdinalIgnoreCase) == true;

    private sealed class Growing(NodeId id, BrowseNode node)
    {
        public NodeId Id => id;

        public BrowseNode Node { get; set; } = node;

        public List<Growing> Children { get; } = [];
    }
}
