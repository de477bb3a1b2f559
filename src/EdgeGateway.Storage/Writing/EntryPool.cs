using EdgeGateway.Pipeline.Storing;

namespace EdgeGateway.Storage.Writing;

/// <summary>Idle entries. Those that grew large, by a checkpoint say, are let go, so that the pool does not keep a checkpoint's size many times over. Thread-safe.</summary>
internal sealed class EntryPool(int limit)
{
    private const int MostBody = 64 << 10, MostCheckpoint = 16 << 10;

    private readonly Lock _gate = new();
    private readonly Stack<LogEntry> _idle = new();

    public LogEntry Rent()
    {
        lock (_gate)
        {
            if (_idle.TryPop(out var entry)) return entry;
        }
        return new LogEntry();
    }

    public void Return(List<LogEntry> entries)
    {
        lock (_gate)
        {
            foreach (var entry in entries)
            {
                if (_idle.Count >= limit) return;
                if (entry.Body.Capacity > MostBody || entry.Checkpoint.Capacity > MostCheckpoint) continue;
                entry.Clear();
                _idle.Push(entry);
            }
        }
    }
}
