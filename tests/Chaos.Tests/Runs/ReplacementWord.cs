using System.Globalization;
using Chaos.Tests.Scripts;
using EdgeGateway.FirmwareSim.Faults;

namespace Chaos.Tests.Runs;

/// <summary>What an operator says of a replaced meter: the arguments of the command, without the map.</summary>
internal static class ReplacementWord
{
    private const double KilowattHoursPerStep = 0.001;

    private static readonly Dictionary<string, (string Point, string Register)> _points = new()
    {
        ["workshop"] = ("incoming-meter.energy", "energy"),
        ["line-1"] = ("line-1-meter.energy", "energy-wh"),
        ["line-2"] = ("line-2-meter.energy", "energy-wh"),
    };

    /// <summary>Both displays and the time; null where a script that was shortened has no such replacement any more.</summary>
    public static IReadOnlyList<string>? Of(ChaosScript script, ChaosStep word, PlantProcess plant)
    {
        if (script.DeviceFaults.FirstOrDefault(s => s.Target.StartsWith("replace " + word.Target, StringComparison.Ordinal)) is not { } step) return null;
        var (point, register) = _points[word.Target];
        var fault = plant.Plant.Ledger.Faults.First(f => f.Fault.Kind == FaultKind.Replace && f.Fault.Device == word.Target);
        var final = plant.Plant.Counted(word.Target, register, fault.Start - 1);
        return ["replace", point, "--at", (plant.Since + step.At).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), "--final", Reading(final), "--initial", Reading(fault.Fault.Number)];
    }

    private static string Reading(long steps) => (steps * KilowattHoursPerStep).ToString("F3", CultureInfo.InvariantCulture);
}
