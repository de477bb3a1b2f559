using EdgeGateway.Storage.Sqlite;

namespace EdgeGateway.Storage.Bounds;

/// <summary>Takes the oldest events. They lie about in the order of their ids: the first that is young enough ends the step.</summary>
internal static class EventShed
{
    private const string Oldest = "SELECT id, at_us FROM event ORDER BY id LIMIT ?";
    private const string Drop = "DELETE FROM event WHERE id <= ?";
    private const string DropQuarantine = "DELETE FROM quarantine WHERE stream = 'events' AND id <= ?";

    /// <summary>One step within the caller's transaction.</summary>
    public static void Step(Connection file, long horizon, int limit, Unsent unsent, Shed shed)
    {
        var cut = 0L;
        var oldest = file.Prepared(Oldest);
        oldest.Bind(1, limit);
        while (oldest.Step() && oldest.Int64(1) < horizon)
        {
            cut = oldest.Int64(0);
            unsent.Leaves(cut);
            shed.Events++;
        }
        oldest.Reset();
        if (cut == 0) return;
        var drop = file.Prepared(Drop);
        drop.Bind(1, cut);
        drop.Run();
        var quarantine = file.Prepared(DropQuarantine);
        quarantine.Bind(1, cut);
        quarantine.Run();
        shed.Quarantined += file.Changes;
    }
}
