namespace EdgeGateway.Dashboard.Access;

/// <summary>Something that the page may have done: a command of the control socket, for whoever has the role.</summary>
/// <param name="Name">Its name in the path.</param>
/// <param name="Role">The least role.</param>
/// <param name="Command">The command.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Arguments">What the caller may give; each is checked by the command.</param>
internal sealed record PageAction(string Name, Role Role, string Command, string Summary, IReadOnlyList<string> Arguments)
{
    /// <summary>Arguments that are always the same.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fixed { get; init; } = [];

    /// <summary>All of them. Writing to devices, restating and closing periods are left to the command line on the box.</summary>
    public static IReadOnlyList<PageAction> All { get; } =
    [
        new("replace", Role.Operator, "replace", "A meter was replaced: its total goes on with the new one. Also confirms a suspected reset as a replacement.", ["point", "at", "final", "initial", "ratio"]),
        new("clock_trust", Role.Operator, "clock", "The system clock of the box is right.", []) { Fixed = [new("do", "trust")] },
        new("quarantine_replay", Role.Operator, "quarantine", "Sends what a target refused once more.", ["publisher", "stream", "id"]) { Fixed = [new("verb", "replay")] },
        new("quarantine_drop", Role.Admin, "quarantine", "Drops what a target refused: one item by stream and id, or with all=true everything.", ["publisher", "stream", "id", "all"]) { Fixed = [new("verb", "drop")] },
        new("reload", Role.Admin, "reload", "Reads the map's files again and puts them in force; with dry_run=true only says what would change.", ["dry_run"]),
    ];
}
