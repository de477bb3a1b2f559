namespace EdgeGateway.DeviceMaps.Differences;

/// <summary>What became of a thing of the map.</summary>
public enum ChangeKind
{
    /// <summary>It is there now.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It is written otherwise.</summary>
    Changed,

    /// <summary>It has another name, and may be written otherwise.</summary>
    Renamed,
}

/// <summary>One thing of the map that is not as it was.</summary>
/// <param name="Section">Its section, such as <c>devices</c>.</param>
/// <param name="Name">Its name, or "" for a section without names.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Details">What is written otherwise, one phrase each; secrets masked.</param>
/// <param name="Was">Its former name where it was renamed, or null.</param>
public sealed record MapChange(string Section, string Name, ChangeKind Kind, IReadOnlyList<string> Details, string? Was = null)
{
    private static readonly Dictionary<string, string> Things = new(StringComparer.Ordinal)
    {
        ["connections"] = "connection", ["devices"] = "device", ["shifts"] = "shift", ["products"] = "product", ["units"] = "unit", ["publish"] = "publisher",
    };

    /// <summary>The change in one line, such as <c>device 'press-meter': poll 5s → 1s</c>.</summary>
    public string Words
    {
        get
        {
            var thing = Name.Length == 0 ? Section : $"{Things.GetValueOrDefault(Section, Section)} '{Name}'";
            var details = string.Join("; ", Details);
            return Kind switch
            {
                ChangeKind.Added => $"{thing}: new",
                ChangeKind.Removed => $"{thing}: gone",
                ChangeKind.Renamed => $"{thing}: was '{Was}'{(details.Length == 0 ? "" : "; " + details)}",
                _ => $"{thing}: {details}",
            };
        }
    }
}
