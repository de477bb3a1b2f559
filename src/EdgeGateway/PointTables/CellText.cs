using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.PointTables;

/// <summary>A cell as it is written in a map: tables and lists stand in a cell with semicolons between their items.</summary>
internal static class CellText
{
    private static readonly char[] Semicolons = [';', '；'];

    public static string Of(Option option, string cell) => option.Shape.Kind switch
    {
        ValueKind.States or ValueKind.Table => "{" + string.Join(", ", Items(cell).Select(i => i.Replace("：", ": ", StringComparison.Ordinal))) + "}",
        ValueKind.Texts or ValueKind.Any when cell.IndexOfAny(Semicolons) >= 0 => "[" + string.Join(", ", Items(cell).Select(Quoted)) + "]",
        _ => Quoted(cell),
    };

    private static string[] Items(string cell) => cell.Split(Semicolons, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Quoted(string cell) => "\"" + cell.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings(" ") + "\"";
}
