using EdgeGateway.Metering.Calendars;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>A window longer than the base window that is not over yet, or that rests on edges which may still move: its kind, its edges, and the sum of what is firm in it.</summary>
internal sealed class LongWindow
{
    /// <summary>A window of no kind, to be set.</summary>
    public LongWindow(UnitLayout layout) => Firm = new UnitSlice(layout);

    public WindowKind Kind { get; private set; }

    public string Id { get; private set; } = "";

    /// <summary>Number of the boundary it starts at.</summary>
    public long Start { get; private set; }

    /// <summary>Number of the boundary it ends at.</summary>
    public long End { get; private set; }

    /// <summary>From its start up to where edges may still move.</summary>
    public UnitSlice Firm { get; }

    /// <summary>Becomes this window, with nothing in it.</summary>
    public void Set(WindowKind kind, in CalendarWindow window, long baseMicros) => Set(kind, window.Id, window.Start / baseMicros, window.End / baseMicros);

    /// <summary>Becomes this window, with nothing in it.</summary>
    public void Set(WindowKind kind, string id, long start, long end)
    {
        (Kind, Id, Start, End) = (kind, id, start, end);
        Firm.Begin(start);
    }
}
