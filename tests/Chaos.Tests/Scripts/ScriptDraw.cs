using System.Globalization;

namespace Chaos.Tests.Scripts;

/// <summary>Draws a script from a seed.</summary>
internal static class ScriptDraw
{
    /// <summary>Raised when a seed comes to mean another script.</summary>
    public const int Version = 3;

    /// <summary>A reset is believed after a minute at the earliest.</summary>
    private static readonly TimeSpan Confirming = TimeSpan.FromSeconds(66);

    /// <summary>An operator's word is followed with the next reading of the new meter.</summary>
    private static readonly TimeSpan Obeying = TimeSpan.FromSeconds(12);

    private static readonly string[] _devices = ["workshop", "line-1", "line-2", "plc"];
    private static readonly string[] _energies = ["workshop energy", "line-1 energy-wh", "line-2 energy-wh"];
    private static readonly int[] _marks = [65535, 32767, 32768];

    public static ChaosScript Of(int seed)
    {
        var random = new Random(seed);
        var database = random.Next(2) == 0;
        var rtu = random.Next(3) == 0;
        var length = Between(random, 10, 20);
        var steps = new List<ChaosStep>();
        for (var left = random.Next(2, 7); left > 0; left--)
        {
            var step = Step(random, TimeSpan.FromMilliseconds(Between(random, 2500, length * 1000)), database, rtu);
            if (Fits(steps, step)) steps.Add(step);
        }
        var rare = random.Next(40);
        if (rare < 2) steps.Add(Reset(random));
        else if (rare < 5) AddReplacement(random, steps);
        return new ChaosScript(seed, database, random.Next(2) == 0, rtu, [.. steps.OrderBy(s => s.At)]);
    }

    private static ChaosStep Step(Random random, TimeSpan at, bool database, bool rtu) => random.Next(database ? 26 : 24) switch
    {
        < 4 => new ChaosStep(ChaosKind.Kill, at, "", Seconds(random, 0.05, 3)),
        18 => new ChaosStep(ChaosKind.Storm, at, "", Seconds(random, 1, 4)),
        19 => new ChaosStep(ChaosKind.Clock, at, Clock(random), TimeSpan.Zero),
        4 => new ChaosStep(ChaosKind.Stop, at, "", Seconds(random, 0.05, 3)),
        5 or 6 => new ChaosStep(ChaosKind.Broker, at, "", Seconds(random, 0.1, 3)),
        7 or 8 => new ChaosStep(ChaosKind.Full, at, "", Seconds(random, 0.5, 4)),
        < 13 => OnLink(random, at, database),
        < 18 or 20 or 21 or 22 or 23 => OnDevice(random, at, rtu),
        _ => new ChaosStep(ChaosKind.Database, at, "", Seconds(random, 0.3, 3)),
    };

    private static ChaosStep OnLink(Random random, TimeSpan at, bool database)
    {
        string[] links = database ? ["broker", "broker", "database", "plant"] : ["broker", "broker", "plant"];
        var link = links[random.Next(links.Length)];
        return random.Next(4) switch
        {
            0 => new ChaosStep(ChaosKind.Cut, at, link, Seconds(random, 0.05, 3)),
            1 => new ChaosStep(ChaosKind.Slow, at, link, Seconds(random, 1, 6)),
            2 => new ChaosStep(ChaosKind.Stall, at, link, Seconds(random, 0.5, 5)),
            _ => new ChaosStep(ChaosKind.HalfOpen, at, link, Seconds(random, 0.5, 5)),
        };
    }

    private static ChaosStep OnDevice(Random random, TimeSpan at, bool rtu)
    {
        var device = _devices[random.Next(_devices.Length)];
        var (energy, line) = (_energies[random.Next(_energies.Length)], _energies[random.Next(1, _energies.Length)]);
        return random.Next(18) switch
        {
            0 => new ChaosStep(ChaosKind.Device, at, $"silence {device}", Seconds(random, 0.5, 4)),
            1 => new ChaosStep(ChaosKind.Device, at, $"exception {device} code {random.Next(1, 12)}", Seconds(random, 0.5, 4)),
            2 => new ChaosStep(ChaosKind.Device, at, $"slow {device} by {random.Next(50, 900)}ms", Seconds(random, 1, 5)),
            3 => new ChaosStep(ChaosKind.Device, at, $"wrong-transaction {device}", Seconds(random, 0.5, 3)),
            4 => new ChaosStep(ChaosKind.Device, at, $"split {device} after {random.Next(1, 9)} by {random.Next(5, 200)}ms", Seconds(random, 0.5, 5)),
            5 => new ChaosStep(ChaosKind.Device, at, "drop workshop", Seconds(random, 0.3, 4)),
            6 => new ChaosStep(ChaosKind.Device, at, $"zero {device}", Seconds(random, 0.3, 3)),
            9 or 10 => new ChaosStep(ChaosKind.Device, at, $"dip {energy} steps {Dip(random)}", Seconds(random, 0.3, 4)),
            11 or 12 => new ChaosStep(ChaosKind.Device, at, $"torn {line} by {random.Next(1000, 3000)}ms", Seconds(random, 4, 9)),
            13 or 14 => new ChaosStep(ChaosKind.Device, at, $"sentinel {device} high {_marks[random.Next(_marks.Length)]}", Seconds(random, 0.3, 4)),
            15 or 16 when rtu => new ChaosStep(ChaosKind.Device, at, $"bad-crc {device}", Seconds(random, 0.5, 4)),
            15 or 16 or 17 => new ChaosStep(ChaosKind.Device, at, $"bad-length {device} bytes {random.Next(1, 30)}", Seconds(random, 0.5, 3)),
            7 => new ChaosStep(ChaosKind.Device, at, $"freeze {(random.Next(2) == 0 ? "workshop energy" : "line-1 energy-wh")}", Seconds(random, 1, 6)),
            _ => new ChaosStep(ChaosKind.Device, at, "rollover line-2 energy-wh", TimeSpan.Zero),
        };
    }

    /// <summary>Seconds ahead or back.</summary>
    private static string Clock(Random random) => string.Create(CultureInfo.InvariantCulture, $"{(random.Next(2) == 0 ? 1 : -1) * Between(random, 2, 40):+0.0;-0.0}");

    /// <summary>From what passes as a whim of the display to what no meter does.</summary>
    private static int Dip(Random random) => random.Next(3) switch { 0 => random.Next(1, 4), 1 => random.Next(4, 300), _ => random.Next(300, 1_000_000) };

    /// <summary>Another meter, with the operator's word a moment later or without one.</summary>
    private static void AddReplacement(Random random, List<ChaosStep> steps)
    {
        var energy = _energies[random.Next(_energies.Length)];
        var at = TimeSpan.FromMilliseconds(random.Next(5000, 12000));
        // A line that began with a mark would be replaced against the operator's word.
        steps.RemoveAll(s => s.Kind == ChaosKind.Device && (s.Target.Contains(energy, StringComparison.Ordinal) || s.Target.StartsWith("sentinel " + energy.Split(' ')[0], StringComparison.Ordinal)));
        steps.Add(new ChaosStep(ChaosKind.Device, at, $"replace {energy} reading {random.Next(0, 50_000)}", TimeSpan.Zero));
        // What time a word of the past is of, nobody knows where the clock is set.
        if (random.Next(2) == 0 && !steps.Any(s => s.Kind == ChaosKind.Clock)) steps.Add(new ChaosStep(ChaosKind.Word, at + Seconds(random, 0.2, 5), energy.Split(' ')[0], TimeSpan.Zero));
    }

    /// <summary>Early, and the script lasts until it can have been believed.</summary>
    private static ChaosStep Reset(Random random)
    {
        var what = random.Next(3) switch { 0 => "reset line-1 energy-wh", 1 => "reset workshop energy", _ => "zero-pieces plc" };
        return new ChaosStep(ChaosKind.Device, TimeSpan.FromMilliseconds(random.Next(4000, 15000)), what, TimeSpan.Zero);
    }

    /// <summary>When all that a script does is over and can have been understood.</summary>
    public static TimeSpan EndOf(IReadOnlyCollection<ChaosStep> steps) => steps.Select(s => s.End + Understanding(s, steps)).DefaultIfEmpty(TimeSpan.FromSeconds(4)).Max();

    private static TimeSpan Understanding(ChaosStep step, IReadOnlyCollection<ChaosStep> steps) => step.Target.Split(' ') switch
    {
        ["reset" or "zero-pieces", ..] => Confirming,
        ["replace", var device, ..] when !steps.Any(s => s.Kind == ChaosKind.Word && s.Target == device) => Confirming,
        ["replace", ..] => Obeying,
        _ => TimeSpan.Zero,
    };

    /// <summary>A gateway, broker or link is in one trouble at a time; a register rolls over once; a third broken line within a minute is a pause of two minutes by design and would only cost time.</summary>
    private static bool Fits(List<ChaosStep> steps, ChaosStep step)
    {
        if (HasInitial(step) && steps.Any(s => HasInitial(s) && s.Target.Split(' ')[1] == step.Target.Split(' ')[1])) return false;
        if (Subject(step) is "broker" && steps.Count(s => Subject(s) is "broker") >= 2) return false;
        return !steps.Any(s => Subject(s) == Subject(step) && Subject(s) != "device" && s.At < step.End + TimeSpan.FromSeconds(1) && step.At < s.End + TimeSpan.FromSeconds(1));
    }

    /// <summary>A register has one initial reading, by which it rolls over or is torn.</summary>
    private static bool HasInitial(ChaosStep step) => step.Target.StartsWith("rollover", StringComparison.Ordinal) || step.Target.StartsWith("torn", StringComparison.Ordinal);

    private static string Subject(ChaosStep step) => step.Kind switch
    {
        ChaosKind.Kill or ChaosKind.Stop or ChaosKind.Storm => "gateway",
        ChaosKind.Broker => "broker",
        ChaosKind.Database => "database",
        ChaosKind.Full => "disk",
        ChaosKind.Clock => "clock",
        ChaosKind.Device => "device",
        _ => step.Target,
    };

    private static double Between(Random random, double low, double high) => low + random.NextDouble() * (high - low);

    private static TimeSpan Seconds(Random random, double low, double high) => TimeSpan.FromMilliseconds(Math.Round(1000 * Between(random, low, high)));
}
