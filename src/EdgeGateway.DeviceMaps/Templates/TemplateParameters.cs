using System.Text;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Templates;

/// <summary>Puts in what <c>$(…)</c> stands for in a template.</summary>
/// <param name="values">Value of each parameter, with the place where the map gives it.</param>
/// <param name="faults">Receives what cannot be computed.</param>
internal sealed class TemplateParameters(IReadOnlyDictionary<string, (string Text, Mark? Mark)> values, FaultList faults)
{
    private const string Open = "$(";

    /// <summary>The table with every parameter in place.</summary>
    public MapTable Fill(MapTable table) => table with { Entries = [.. table.Entries.Select(e => e with { Value = Fill(e.Value) })] };

    /// <summary>Adds a fault for every name that is not a parameter, for every <c>$(</c> that is no expression, and for every parameter that is not used.</summary>
    public static void CheckUses(IEnumerable<MapTable> tables, IReadOnlyList<TemplateParameter> parameters, Mark place, FaultList faults)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in tables.SelectMany(Texts))
        {
            foreach (var piece in Pieces(text.Value))
            {
                if (piece.Expression is null)
                {
                    if (piece.Text.Contains(Open, StringComparison.Ordinal)) faults.Add(text.Mark, $"'{text.Value}': a '$(' is not closed.");
                    continue;
                }
                if (ParameterSum.Parse(piece.Expression) is not { } sum)
                {
                    faults.Add(text.Mark, $"'$({piece.Expression})' is not understood: write a parameter's name, or names and numbers with + and * between them.");
                    continue;
                }
                foreach (var name in sum.Names)
                {
                    used.Add(name);
                    if (parameters.All(p => p.Name != name)) faults.Add(text.Mark, $"There is no parameter '{name}'{Spelling.Ending(name, parameters.Select(p => p.Name))}");
                }
            }
        }
        foreach (var parameter in parameters.Where(p => !used.Contains(p.Name))) faults.Add(place, $"The parameter '{parameter.Name}' is not used.");
    }

    private MapNode Fill(MapNode node) => node switch
    {
        MapText text when text.Value.Contains(Open, StringComparison.Ordinal) => Fill(text),
        MapList list => list with { Items = [.. list.Items.Select(Fill)] },
        MapTable table => Fill(table),
        _ => node,
    };

    private MapNode Fill(MapText text)
    {
        var filled = new StringBuilder();
        var mark = text.Mark;
        foreach (var (plain, expression) in Pieces(text.Value))
        {
            if (expression is null)
            {
                filled.Append(plain);
                continue;
            }
            var sum = ParameterSum.Parse(expression)!;
            // What the map gave is where a wrong value is to be mended.
            if (sum.Names.Select(n => values[n].Mark).FirstOrDefault(m => m is not null) is { } given) mark = given;
            if (sum.Value(n => values[n].Text, out var wrong) is not { } value)
            {
                faults.Add(mark, $"'$({expression})' of the template: {wrong}");
                return new MapRefused(mark);
            }
            filled.Append(value);
        }
        return new MapText(mark, filled.ToString(), false);
    }

    private static IEnumerable<MapText> Texts(MapNode node) => node switch
    {
        MapText text => [text],
        MapList list => list.Items.SelectMany(Texts),
        MapTable table => table.Entries.SelectMany(e => Texts(e.Value)),
        _ => [],
    };

    private static IEnumerable<(string Text, string? Expression)> Pieces(string text)
    {
        var at = 0;
        while (text.IndexOf(Open, at, StringComparison.Ordinal) is >= 0 and var open && text.IndexOf(')', open) is >= 0 and var close)
        {
            if (open > at) yield return (text[at..open], null);
            yield return ("", text[(open + 2)..close]);
            at = close + 1;
        }
        if (at < text.Length) yield return (text[at..], null);
    }
}
