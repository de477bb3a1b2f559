using EdgeGateway.Metering.Calendars;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>A window longer than the base window, or a batch, that is not over yet or rests on edges which may still move: its kind, its edges, and the sum of what is firm in it.</summary>
internal sealed class LongWindow
{
    /// <summary>The end of a batch that goes on.</summary>
    public const long Endless = long.MaxValue;

    /// <summary>A window of no kind, to be set.</summary>
    public LongWindow(UnitLayout layout) => Firm = new UnitSum(layout);

    public WindowKind Kind { get; private set; }

    public string Id { get; private set; } = "";

    /// <summary>UTC microseconds. Only a batch's lies inside a base window.</summary>
    public long From { get; private set; }

    /// <summary>UTC microseconds.</summary>
    public long To { get; private set; }

    /// <summary>Number of the boundary at which the base window that holds its start begins.</summary>
    public long Start { get; private set; }

    /// <summary>Number of the boundary at which the base window that holds its end is over.</summary>
    public long End { get; private set; }

    /// <summary>How the start of a batch is known: whether its code was seen to change.</summary>
    public Basis FromBasis { get; set; }

    /// <summary>How the end of a batch is known.</summary>
    public Basis ToBasis { get; set; }

    /// <summary>True once it was stated.</summary>
    public bool Stated { get; set; }

    /// <summary>From its start up to where edges may still move.</summary>
    public UnitSum Firm { get; }

    /// <summary>Becomes this window, with nothing in it.</summary>
    public void Set(WindowKind kind, in CalendarWindow window, long baseMicros) => Set(kind, window.Id, window.Start, window.End, baseMicros);

    /// <summary>Becomes this window, with nothing in it.</summary>
    public void Set(WindowKind kind, string id, long from, long to, long baseMicros)
    {
        (Kind, Id, From, FromBasis, ToBasis, Stated) = (kind, id, from, Basis.Exact, Basis.Exact, false);
        Start = Records.Time.UtcMicros.Floor(from, baseMicros) / baseMicros;
        Close(to, baseMicros);
        Firm.Begin(from);
    }

    /// <summary>Ends it at a time.</summary>
    public void Close(long to, long baseMicros)
    {
        To = to;
        End = to == Endless ? Endless : -(Records.Time.UtcMicros.Floor(-to, baseMicros) / baseMicros);
    }
}
