using System.Collections.Immutable;

namespace Chaos.Tests.Scripts;

/// <summary>What happens to a gateway from its first start on. Immutable; everything follows from the seed, or from a shorter list of steps while a faulty one is shrunk.</summary>
/// <param name="Seed">Names the script, and is the plant's seed.</param>
/// <param name="Database">Whether a database is written beside the broker.</param>
/// <param name="Vouched">Whether NTP vouches for the system clock, where it is set.</param>
/// <param name="Rtu">Whether the plant speaks RTU over TCP instead of Modbus TCP.</param>
/// <param name="Steps">By time.</param>
internal sealed record ChaosScript(int Seed, bool Database, bool Vouched, bool Rtu, ImmutableArray<ChaosStep> Steps)
{
    /// <summary>When the last step is over.</summary>
    public TimeSpan End => ScriptDraw.EndOf(Steps);

    public bool FillsDisk => Steps.Any(s => s.Kind == ChaosKind.Full);

    public bool SetsClock => Steps.Any(s => s.Kind == ChaosKind.Clock);

    public IEnumerable<ChaosStep> DeviceFaults => Steps.Where(s => s.Kind == ChaosKind.Device);

    /// <summary>The script with these of its steps only.</summary>
    public ChaosScript Keep(params IEnumerable<int> steps) => this with { Steps = [.. steps.Select(i => Steps[i])] };

    public override string ToString() => $"seed {Seed}{(Database ? " with database" : "")}{(Rtu ? " rtu" : "")}{(SetsClock ? Vouched ? " vouched" : " unvouched" : "")}: " + string.Join("; ", Steps);
}
