using System.Globalization;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Events;

namespace EdgeGateway.Pipeline.Recovery;

/// <summary>Tells of files that were found damaged at the start and set aside: as events, so that whoever only sees the platform hears of it too.</summary>
internal static class SetAside
{
    /// <summary>Adds the events to the first entry that has a trusted time.</summary>
    public static void Tell(LogEntry entry, StoreState opened, MeteringReplay replay)
    {
        if (opened.SetAside is { } file) entry.Add(new GatewayEvent(EventKind.StoreSetAside, entry.Now, "", [new("file", file)]));
        if (replay.BeginsAt > 0) entry.Add(new GatewayEvent(EventKind.CheckpointSetAside, entry.Now, "", [new("rebuilt_from_entry", Text(replay.BeginsAt)), new("totals_joined", Text(replay.Past?.Joined ?? 0)), new("totals_held", Text(replay.Past?.Held ?? 0))]));
        foreach (var checkpoint in replay.SetAside) entry.Add(new GatewayEvent(EventKind.CheckpointSetAside, entry.Now, "", [new("file", checkpoint)]));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
