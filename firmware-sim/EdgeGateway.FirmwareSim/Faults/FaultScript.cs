using System.Collections.Immutable;

namespace EdgeGateway.FirmwareSim.Faults;

/// <summary>A timetable of faults, checked. Immutable.</summary>
public sealed class FaultScript
{
    private FaultScript(ImmutableArray<Fault> faults) => Faults = faults;

    /// <summary>No faults.</summary>
    public static FaultScript None { get; } = new([]);

    /// <summary>The faults by time.</summary>
    public ImmutableArray<Fault> Faults { get; }

    /// <summary>A script from code.</summary>
    /// <exception cref="FaultScriptException">Some fault makes no sense; all are named.</exception>
    public static FaultScript Of(params IEnumerable<Fault> faults) => Checked([.. faults.Select(f => (f, f.ToString()))], []);

    /// <summary>Reads a script: one fault a line, <c>#</c> begins a comment.</summary>
    /// <remarks>
    /// <code>
    /// at 02:15:00 reset line-1 energy
    /// at 03:00:00 zero line-2 energy for 5s
    /// at 03:30:00.250 exception line-1 code 4 for 30s
    /// at 04:00:00 split workshop after 5 by 40ms for 2m
    /// </code>
    /// Times count from the start of the plant; spans are written 800ms, 20s, 1.5m, 2h.
    /// </remarks>
    /// <exception cref="FaultScriptException">Some line makes no sense; all are named with their numbers.</exception>
    public static FaultScript Parse(string text)
    {
        var errors = new List<string>();
        var faults = new List<(Fault, string)>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var bare = line.Split('#')[0].Trim();
            if (bare.Length == 0) continue;
            if (FaultLine.TryRead(bare, out var fault, out var error)) faults.Add((fault, $"line {number}"));
            else errors.Add($"line {number}: {error}");
        }

        return Checked(faults, errors);
    }

    private static FaultScript Checked(List<(Fault Fault, string Place)> faults, List<string> errors)
    {
        foreach (var (fault, place) in faults)
        {
            if (FaultCheck.Error(fault) is { } error) errors.Add($"{place}: {error}");
        }

        errors.AddRange(FaultCheck.Conflicts(faults));
        if (errors.Count > 0) throw new FaultScriptException([.. errors]);
        return new FaultScript([.. faults.Select(f => f.Fault).OrderBy(f => f.At)]);
    }
}
