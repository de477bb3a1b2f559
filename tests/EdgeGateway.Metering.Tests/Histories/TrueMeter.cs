using EdgeGateway.Metering.Plans;

namespace EdgeGateway.Metering.Tests.Histories;

/// <summary>A register over a true power that is constant between changes, in exact integers: times in microseconds from the history's start, power in units a microsecond, a step is <see cref="StepUnits"/>.</summary>
internal sealed class TrueMeter
{
    public const long StepUnits = 1_000_000_000;
    private readonly List<(long From, long Power, long Energy)> _power = [];

    public required CounterPlan Plan { get; init; }

    /// <summary>Register steps at the start.</summary>
    public required long StartValue { get; init; }

    /// <summary>Times at which the register is set to zero.</summary>
    public List<long> Resets { get; } = [];

    /// <summary>Times from which it shows a million steps more for each.</summary>
    public List<long> Jumps { get; } = [];

    /// <summary>Stretches in which it says zero.</summary>
    public List<(long From, long To)> Zeros { get; } = [];

    /// <summary>Stretches in which it repeats the value that it had at their start.</summary>
    public List<(long From, long To)> Frozen { get; } = [];

    /// <summary>Stretches in which it does not answer.</summary>
    public List<(long From, long To)> Silent { get; } = [];

    /// <summary>The meter that replaced it, or null.</summary>
    public Exchange? Exchange { get; set; }

    /// <summary>Most units a microsecond: 1.2 × rated.</summary>
    public long MaxPower => (long)(1.2 * Plan.RatedStepsPerSecond * StepUnits / 1e6);

    public void Set(long from, long power)
    {
        var energy = _power.Count == 0 ? 0 : Energy(from);
        _power.Add((from, power, energy));
    }

    /// <summary>True energy from the start to <paramref name="time"/>.</summary>
    public long Energy(long time)
    {
        var i = _power.Count - 1;
        while (i > 0 && _power[i].From > time) i--;
        return _power[i].Energy + _power[i].Power * (time - _power[i].From);
    }

    public bool Answers(long time) => !Silent.Exists(s => time >= s.From && time < s.To);

    /// <summary>What it says when it is asked at <paramref name="time"/>.</summary>
    public long Read(long time)
    {
        if (Zeros.Exists(z => time >= z.From && time < z.To)) return 0;
        foreach (var (from, to) in Frozen)
        {
            if (time >= from && time < to) time = from;
        }
        var refreshed = time - time % Plan.UpdateMicros;
        if (Exchange is { } other && time >= other.At) return Modulo(other.Initial + (Energy(Math.Max(refreshed, other.At)) - Energy(other.At)) / other.StepUnits);
        var reset = Resets.Where(r => r <= time).DefaultIfEmpty(-1).Max();
        if (reset < 0) return Jumps.Count(j => j <= time) * 1_000_000L + Modulo((StartValue * StepUnits + Energy(refreshed)) / StepUnits);
        return Jumps.Count(j => j > reset && j <= time) * 1_000_000L + (refreshed <= reset ? 0 : Modulo((Energy(refreshed) - Energy(reset)) / StepUnits));
    }

    /// <summary>What the display shows.</summary>
    public long Shows(long time) => Modulo((StartValue * StepUnits + Energy(time)) / StepUnits);

    public override string ToString() =>
        $"{Exchange} {Plan.RatedStepsPerSecond}/s u {Plan.UpdateMicros / 1e6} modulus {Plan.Modulus} {Plan.Resets} from {StartValue}; resets {Times(Resets.Select(r => (r, r)))}; jumps {Times(Jumps.Select(j => (j, j)))}; zeros {Times(Zeros)}; frozen {Times(Frozen)}; silent {Times(Silent)}";

    private static string Times(IEnumerable<(long From, long To)> stretches) => string.Join(' ', stretches.Select(s => $"{TimeSpan.FromMicroseconds(s.From)}-{TimeSpan.FromMicroseconds(s.To)}"));

    private long Modulo(long value) => Plan.Modulus is { } modulus ? value % modulus : value;
}
