using System.Collections.Immutable;

namespace EdgeGateway.FirmwareSim.Profiles;

/// <summary>The habits of the whole workshop. Immutable.</summary>
public sealed record PlantProfile
{
    /// <summary>Name, as in <c>--profile</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The press line.</summary>
    public required LineProfile Line1 { get; init; }

    /// <summary>The assembly line.</summary>
    public required LineProfile Line2 { get; init; }

    /// <summary>Band of what nobody meters, milliwatts.</summary>
    public Between BaseLoadMilliwatts { get; init; } = Between.Kilowatts(1.5, 2.6);

    /// <summary>How long that load holds, microseconds.</summary>
    public Between BaseLoadStep { get; init; } = Between.Seconds(3, 9);

    /// <summary>Both lines work at all hours, every state is seen within half a minute, and pieces fall every one to three seconds: for looking at.</summary>
    public static PlantProfile Demo { get; } = new()
    {
        Name = "demo",
        Line1 = new LineProfile
        {
            First = LinePhase.Running,
            Stopped = new PhaseProfile(Between.Seconds(3, 7), Between.Kilowatts(0.4, 0.7)),
            StartUp = new PhaseProfile(Between.Seconds(2, 4), Between.Kilowatts(9, 14)),
            Running = new PhaseProfile(Between.Seconds(9, 24), Between.Kilowatts(22, 40)),
            Idle = new PhaseProfile(Between.Seconds(3, 8), Between.Kilowatts(5, 8)),
            StopsPerMille = 350,
            Cycle = Between.Seconds(1, 1.8),
        },
        Line2 = new LineProfile
        {
            First = LinePhase.StartUp,
            Stopped = new PhaseProfile(Between.Seconds(3, 8), Between.Kilowatts(0.2, 0.4)),
            StartUp = new PhaseProfile(Between.Seconds(2, 4), Between.Kilowatts(4, 7)),
            Running = new PhaseProfile(Between.Seconds(8, 20), Between.Kilowatts(9, 16)),
            Idle = new PhaseProfile(Between.Seconds(4, 9), Between.Kilowatts(2.5, 4)),
            StopsPerMille = 350,
            LoadStride = 1_200_000,
            Cycle = Between.Seconds(1.8, 3),
            ScrapPerMille = 60,
        },
    };

    /// <summary>Two shifts with breaks on line 1, a day shift on line 2, hours in UTC: for long runs.</summary>
    public static PlantProfile Day { get; } = new()
    {
        Name = "day",
        Line1 = new LineProfile
        {
            Shifts = [Hours(6, 10), Hours(10.5, 14), Hours(14, 18), Hours(18.5, 22)],
            Stopped = new PhaseProfile(Between.Seconds(60, 600), Between.Kilowatts(0.4, 0.7)),
            StartUp = new PhaseProfile(Between.Seconds(120, 420), Between.Kilowatts(9, 14)),
            Running = new PhaseProfile(Between.Seconds(300, 2400), Between.Kilowatts(22, 40)),
            Idle = new PhaseProfile(Between.Seconds(30, 300), Between.Kilowatts(5, 8)),
            LoadStep = Between.Seconds(2, 15),
            Cycle = Between.Seconds(1.4, 2.6),
            ScrapPerMille = 25,
        },
        Line2 = new LineProfile
        {
            Shifts = [Hours(8, 12), Hours(12.75, 17)],
            Stopped = new PhaseProfile(Between.Seconds(60, 900), Between.Kilowatts(0.2, 0.4)),
            StartUp = new PhaseProfile(Between.Seconds(60, 240), Between.Kilowatts(4, 7)),
            Running = new PhaseProfile(Between.Seconds(240, 1800), Between.Kilowatts(9, 16)),
            Idle = new PhaseProfile(Between.Seconds(30, 420), Between.Kilowatts(2.5, 4)),
            LoadStep = Between.Seconds(2, 15),
            LoadStride = 1_200_000,
            Cycle = Between.Seconds(2, 3),
            ScrapPerMille = 35,
        },
        BaseLoadStep = Between.Seconds(20, 90),
    };

    /// <summary>The presets by name.</summary>
    public static ImmutableArray<PlantProfile> Presets { get; } = [Demo, Day];

    private static Shift Hours(double start, double end) => new(TimeSpan.FromHours(start), TimeSpan.FromHours(end));
}
