using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Metering.Counters;

/// <summary>Meters that came with another ratio than the one before them: a rating of so many kW is so many steps a second of each one's own.</summary>
internal sealed partial class CounterLine
{
    // The first one has no date and is that whose ratio the map said; null where none ever came with another ratio.
    private List<(long From, ExactDecimal Ratio, RegisterPhysics Physics)>? _meters;
    private RegisterPhysics? _awaitedPhysics;

    /// <summary>What the register could do that was there at a time; times are those of windows, shifted by the lag.</summary>
    public RegisterPhysics PhysicsAt(long time)
    {
        if (_meters is null) return _physics;
        var index = _meters.Count - 1;
        while (_meters[index].From > time) index--;
        return _meters[index].Physics;
    }

    /// <summary>Most steps a microsecond at two times: of a stretch at whose end another meter goes on, its edge is both meters'.</summary>
    public double StepsPerMicro(long from, long to) => _meters is null ? _physics.StepsPerMicro : Math.Max(PhysicsAt(from).StepsPerMicro, PhysicsAt(to).StepsPerMicro);

    /// <summary>True where the meter that goes on at a time came with its own ratio.</summary>
    public bool IsExchanged(long time) => _meters is not null && _meters.FindIndex(1, m => m.From == time) > 0;

    /// <summary>The present meter's ratio by the map's.</summary>
    private double MeterShare => _meters is null ? 1 : _meters[^1].Ratio.ToDouble() / plan.Ratio.ToDouble();

    /// <summary>A meter with another ratio goes on from a time.</summary>
    private void Exchange(long from, ExactDecimal ratio)
    {
        ExpectRatio();
        _meters!.RemoveAll(m => m.From == from);
        _meters.Add((from, ratio, PhysicsOf(ratio)));
        _meters.Sort(static (a, b) => a.From.CompareTo(b.From));
        _physics = _meters[^1].Physics;
        Correct(from, ratio);
    }

    /// <summary>A meter with another ratio is to come: what holds up to then is kept, whatever the map will say.</summary>
    private void ExpectRatio()
    {
        _ratios ??= [(long.MinValue, plan.Ratio)];
        _meters ??= [(long.MinValue, plan.Ratio, _physics)];
    }

    /// <summary>What a meter with a ratio can do.</summary>
    public RegisterPhysics PhysicsOf(ExactDecimal ratio) => ratio == plan.Ratio ? new RegisterPhysics(plan) : new RegisterPhysics(plan, plan.RatedStepsPerSecond * plan.Ratio.ToDouble() / ratio.ToDouble());

    private void ForgetMeters() => (_meters, _physics) = (null, new RegisterPhysics(plan));

    private void SaveMeters(ByteWriter w)
    {
        w.Unsigned((ulong)(_meters?.Count ?? 0));
        foreach (var (from, ratio, _) in _meters ?? [])
        {
            w.Signed(from);
            w.Signed(ratio.Mantissa);
            w.Signed(ratio.Exponent);
        }
    }

    /// <param name="r">Reads what was saved.</param>
    /// <param name="sameMap">False where the map says another worth of a step than when it was saved.</param>
    private void LoadMeters(ref ByteReader r, bool sameMap)
    {
        var meters = new List<(long, ExactDecimal, RegisterPhysics)>();
        for (var left = r.Count(3); left > 0 && !r.Failed; left--)
        {
            var (from, ratio) = (r.Signed(), new ExactDecimal(r.Signed(), (sbyte)r.Signed()));
            if (ratio.Mantissa <= 0 || (meters.Count > 0 ? from <= meters[^1].Item1 : from != long.MinValue)) throw new InvalidOperationException("Meters follow each other.");
            // What the map says now of the present meter is what its rating is divided by.
            if (!sameMap && left == 1 && _awaited?.Ratio is null) ratio = plan.Ratio;
            meters.Add((from, ratio, PhysicsOf(ratio)));
        }
        if (meters.Count > 0) (_meters, _physics) = (meters, meters[^1].Item3);
        if (_awaited?.Ratio is { } awaited) _awaitedPhysics = PhysicsOf(awaited);
    }
}
