using System.Collections.Immutable;
using EdgeGateway.FirmwareSim.Plants;

namespace EdgeGateway.FirmwareSim.Ledgers;

/// <summary>The truth about a plant: what happened, whatever its registers showed. Thread-safe.</summary>
/// <remarks>
/// Times are UTC microseconds, stretches [start, end); nothing happened before <see cref="StartMicros"/>. Every answer is exact and additive.
/// The future may be asked too: it is settled by the seed.
/// </remarks>
public sealed class Ledger
{
    private readonly Plant _plant;

    internal Ledger(Plant plant)
    {
        _plant = plant;
        Faults = [.. plant.Script.Faults.Select(f => new LedgerFault(f, plant.Micros(f.At), plant.Micros(f.At + f.For)))];
    }

    /// <summary>Names with energy: the meters, which are the units too, and <c>base-load</c>, which nobody meters.</summary>
    public static ImmutableArray<string> EnergyNames { get; } = ["workshop", "line-1", "line-2", "base-load"];

    /// <summary>Names of the lines.</summary>
    public static ImmutableArray<string> LineNames { get; } = ["line-1", "line-2"];

    /// <summary>When the plant began.</summary>
    public long StartMicros => _plant.StartMicros;

    /// <summary>The faults by time.</summary>
    public ImmutableArray<LedgerFault> Faults { get; }

    /// <summary>Energy of a meter, a unit or the base load.</summary>
    /// <exception cref="ArgumentException">No such name.</exception>
    public Energy EnergyOf(string name, long start, long end) => new(_plant.EnergyUntil(name, end) - _plant.EnergyUntil(name, start));

    /// <summary>Good pieces of a line.</summary>
    /// <exception cref="ArgumentException">No such line.</exception>
    public long Good(string line, long start, long end) => _plant.LineOf(line).GoodUntil(end) - _plant.LineOf(line).GoodUntil(start);

    /// <summary>Scrapped pieces of a line.</summary>
    /// <exception cref="ArgumentException">No such line.</exception>
    public long Scrap(string line, long start, long end) => _plant.LineOf(line).ScrapUntil(end) - _plant.LineOf(line).ScrapUntil(start);

    /// <summary>Microseconds a line spent in a state.</summary>
    /// <exception cref="ArgumentException">No such line.</exception>
    public long StateMicros(string line, LineState state, long start, long end) => _plant.LineOf(line).StateUntil(state, end) - _plant.LineOf(line).StateUntil(state, start);

    /// <summary>Faults that touch a device within [start, end), those of an instant included.</summary>
    public IEnumerable<LedgerFault> FaultsOf(string device, long start, long end) =>
        Faults.Where(f => f.Fault.Device == device && f.Start < end && (f.End > start || (f.Start == f.End && f.Start >= start)));
}
