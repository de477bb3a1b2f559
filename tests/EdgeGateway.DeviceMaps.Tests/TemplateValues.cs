using System.Globalization;

namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>A template's registers as its device would send them, and what must come of them.</summary>
/// <param name="Template"><c>vendor/model</c>.</param>
/// <param name="Device">What a map writes beside the template.</param>
/// <param name="Registers">Register by function and address.</param>
/// <param name="Expected">Lines <c>point = value unit</c>; <c>-</c> where there is no value.</param>
internal sealed record TemplateValues(string Template, string Device, IReadOnlyDictionary<(byte Function, int Address), ushort> Registers, IReadOnlyList<string> Expected)
{
    public static IReadOnlyList<TemplateValues> All { get; } =
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "templates"), "*.txt").Order(StringComparer.Ordinal).Select(f => Parse(Path.GetFileNameWithoutExtension(f).Replace("__", "/", StringComparison.Ordinal), File.ReadAllLines(f)))];

    private static TemplateValues Parse(string name, string[] lines)
    {
        var registers = new Dictionary<(byte, int), ushort>();
        foreach (var line in lines.Where(l => l.StartsWith("holding ", StringComparison.Ordinal) || l.StartsWith("input ", StringComparison.Ordinal)))
        {
            var words = line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var at = int.Parse(words[1].AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            foreach (var register in words[2..]) registers.Add((words[0] == "input" ? (byte)4 : (byte)3, at++), ushort.Parse(register, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }
        return new TemplateValues(name, lines.Single(l => l.StartsWith("device ", StringComparison.Ordinal))["device ".Length..], registers, [.. lines.Where(l => l.Contains(" = ", StringComparison.Ordinal))]);
    }
}
