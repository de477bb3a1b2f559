using System.Collections.Immutable;

namespace EdgeGateway.FirmwareSim.Profiles;

/// <summary>The habits of a line. Immutable.</summary>
public sealed record LineProfile
{
    private const long DayMicros = 86_400_000_000;

    /// <summary>When it works, ascending and apart; empty for always.</summary>
    public ImmutableArray<Shift> Shifts { get; init; } = [];

    /// <summary>The phase it is found in when the plant starts inside a shift.</summary>
    public LinePhase First { get; init; } = LinePhase.StartUp;

    /// <summary>Off.</summary>
    public required PhaseProfile Stopped { get; init; }

    /// <summary>Heating up.</summary>
    public required PhaseProfile StartUp { get; init; }

    /// <summary>Producing.</summary>
    public required PhaseProfile Running { get; init; }

    /// <summary>Waiting.</summary>
    public required PhaseProfile Idle { get; init; }

    /// <summary>How many of a thousand interruptions are stops instead of waits.</summary>
    public int StopsPerMille { get; init; } = 250;

    /// <summary>How long the power holds, microseconds.</summary>
    public Between LoadStep { get; init; } = Between.Seconds(0.5, 2);

    /// <summary>Greatest change from one step of power to the next, milliwatts.</summary>
    public long LoadStride { get; init; } = 2_500_000;

    /// <summary>Time from piece to piece while running, microseconds.</summary>
    public Between Cycle { get; init; } = Between.Seconds(1, 3);

    /// <summary>Scrapped pieces in a thousand.</summary>
    public int ScrapPerMille { get; init; } = 40;

    internal PhaseProfile Of(LinePhase phase) => phase switch
    {
        LinePhase.Stopped => Stopped,
        LinePhase.StartUp => StartUp,
        LinePhase.Running => Running,
        _ => Idle,
    };

    /// <summary>The next instant after <paramref name="time"/> at which a shift begins or ends.</summary>
    internal long ShiftEdgeAfter(long time, out bool onShift)
    {
        onShift = true;
        if (Shifts.IsEmpty) return long.MaxValue;
        var day = time - ((time % DayMicros + DayMicros) % DayMicros);
        foreach (var shift in Shifts)
        {
            var (start, end) = (day + shift.Start.Ticks / TimeSpan.TicksPerMicrosecond, day + shift.End.Ticks / TimeSpan.TicksPerMicrosecond);
            if (time < start)
            {
                onShift = false;
                return start;
            }

            if (time < end) return end;
        }

        onShift = false;
        return day + DayMicros + Shifts[0].Start.Ticks / TimeSpan.TicksPerMicrosecond;
    }
}
