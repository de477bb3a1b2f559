using EdgeGateway.Drivers.OpcUa.Browsing;
using EdgeGateway.OpcUa.Services;
using EdgeGateway.Reading;

namespace EdgeGateway.Browsing;

/// <summary>Prints a browsed tree: a line a node, indented, with what a map would write.</summary>
internal static class BrowseTree
{
    /// <summary>Prints the tree and says how much it was.</summary>
    public static void Print(BrowseNode tree, TextWriter output, TextWriter remarks)
    {
        var (nodes, variables, cut) = (0, 0, false);
        Print(tree, "");
        remarks.WriteLine($"{nodes} nodes, {variables} of them variables.{(cut ? " Some lie deeper or beyond the limit: see --depth, --limit and --node." : "")}");

        void Print(BrowseNode node, string indent)
        {
            nodes++;
            if (node.Class == NodeClass.Variable) variables++;
            cut |= node.Cut;
            output.WriteLine($"{indent}{PointText.Printable(node.Name)}{Line(node)}");
            foreach (var child in node.Children) Print(child, indent + "  ");
        }
    }

    private static string Line(BrowseNode node)
    {
        var kind = node.DataType ?? (node.Class is NodeClass.Object or NodeClass.Unspecified ? null : node.Class.ToString());
        var line = kind is null ? "" : "  " + PointText.Printable(kind);
        line += node.Address is null ? "  (on another server)" : "  " + PointText.Printable(node.Address.ToString());
        if (node.Repeated) line += "  (shown above)";
        if (node.Cut) line += "  (more below)";
        if (node.Status.IsBad) line += $"  ({node.Status})";
        return line;
    }
}
