using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.Publishers.Mqtt.Templates;

/// <summary>Names that may stand in a placeholder at a place of a template.</summary>
/// <param name="Names">They.</param>
/// <param name="Parameters">Parameters that the template declares.</param>
/// <param name="Tables">Tables that it declares.</param>
internal sealed record TemplateVocabulary(IReadOnlyList<string> Names, IReadOnlyCollection<string> Parameters, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Tables)
{
    private const string Prefix = "parameters.";

    /// <summary>True for a known name; else a fault.</summary>
    public bool Knows(string name, Mark mark, FaultList faults)
    {
        if (Names.Contains(name)) return true;
        if (name.StartsWith(Prefix, StringComparison.Ordinal) && Parameters.Contains(name[Prefix.Length..])) return true;
        var known = Names.Concat(Parameters.Select(p => Prefix + p)).ToArray();
        faults.Add(mark, $"there is no placeholder '{name}' here{Spelling.Ending(name, known)}");
        return false;
    }

    /// <summary>The table of this name; else a fault and null.</summary>
    public IReadOnlyDictionary<string, string>? Table(string name, Mark mark, FaultList faults)
    {
        if (Tables.TryGetValue(name, out var table)) return table;
        faults.Add(mark, $"the template has no table '{name}'{Spelling.Ending(name, Tables.Keys)}");
        return null;
    }
}
