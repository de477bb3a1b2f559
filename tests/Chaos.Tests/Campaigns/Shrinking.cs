using Chaos.Tests.Runs;
using Chaos.Tests.Scripts;

namespace Chaos.Tests.Campaigns;

/// <summary>Finds the fewest steps of a faulty script that are still faulty. Real time never plays the same twice, so each candidate gets more than one chance to fail.</summary>
internal static class Shrinking
{
    private const int Chances = 3;

    /// <summary>The script without every step that it is faulty without.</summary>
    public static async Task<ChaosScript> ShortestAsync(ChaosScript script)
    {
        for (var i = script.Steps.Length - 1; i >= 0; i--)
        {
            var without = script with { Steps = script.Steps.RemoveAt(i) };
            if (await IsFaultyAsync(without)) script = without;
        }
        return script;
    }

    private static async Task<bool> IsFaultyAsync(ChaosScript script)
    {
        for (var chance = 0; chance < Chances; chance++)
        {
            if (!(await ChaosRun.PlayAsync(script)).IsGood) return true;
        }
        return false;
    }
}
