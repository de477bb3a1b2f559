using System.Collections.Immutable;
using System.Globalization;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>What each raw value of a state means.</summary>
/// <param name="ByValue">Raw value to state.</param>
public sealed record StateWords(ImmutableSortedDictionary<long, MachineState> ByValue)
{
    private static readonly MachineState[] States = [MachineState.Running, MachineState.Idle, MachineState.Stopped, MachineState.Unknown];

    internal static (bool Ok, StateWords Value) Read(MapNode node, FaultList faults, string key)
    {
        const string example = "write raw values and states, such as {0: stopped, 1: idle, 2: running}.";
        if (node is not MapTable { Entries.Count: > 0 } table)
        {
            faults.Add(node.Mark, $"{key}: {example}");
            return (false, null!);
        }
        var states = ImmutableSortedDictionary.CreateBuilder<long, MachineState>();
        var ok = true;
        foreach (var (raw, value) in table.Entries)
        {
            if (!long.TryParse(raw.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                faults.Add(raw.Mark, $"{key}: '{raw.Value}' is not a whole number; {example}");
                ok = false;
                continue;
            }
            var word = (value as MapText)?.Value ?? "";
            var at = Array.FindIndex(States, s => s.Word() == word);
            if (at < 0)
            {
                if (value is not MapRefused) faults.Add(value.Mark, $"{key}: '{word}' is not a state{Spelling.Ending(word, States.Select(s => s.Word()))}");
                ok = false;
            }
            else if (!states.TryAdd(number, States[at]))
            {
                faults.Add(raw.Mark, string.Create(CultureInfo.InvariantCulture, $"{key}: the value {number} has two states: keep one."));
                ok = false;
            }
        }
        return (ok, new StateWords(states.ToImmutable()));
    }
}
