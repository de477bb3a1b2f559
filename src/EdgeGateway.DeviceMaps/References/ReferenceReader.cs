using EdgeGateway.DeviceMaps.Binding;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Sources;
using EdgeGateway.Metering.Carbon;

namespace EdgeGateway.DeviceMaps.References;

/// <summary>Reads a set's file by itself.</summary>
public static class ReferenceReader
{
    /// <summary>Reads and checks a set.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="document">Its file.</param>
    /// <param name="find">Files of other sets by name, or null; it must not throw.</param>
    /// <param name="names">Names of all sets, for near spellings.</param>
    /// <param name="faults">Receives every fault.</param>
    /// <returns>The set, or null where there is a fault.</returns>
    public static ReferenceSet? Read(string name, MapDocument document, Func<string, MapDocument?> find, Func<IReadOnlyList<string>> names, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(faults);
        var before = faults.Count;
        var table = new ReferenceAssembler(find, names, faults).Assemble(document, name, []);
        var set = table is null ? null : new ReferenceBinder(new OptionBinder(faults, stored: false), faults).Bind(table);
        return faults.Count > before ? null : set;
    }
}
