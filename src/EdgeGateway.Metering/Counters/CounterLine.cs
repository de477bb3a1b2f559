using System.Numerics;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Counters;

/// <summary>What a line tells its listener: a total to accept, or something that happened.</summary>
internal interface ILineListener
{
    /// <summary>The total at a time; <paramref name="depth"/> is how far below the line a held register stands, <paramref name="doubt"/> what may have passed otherwise than was counted since the begin, <paramref name="flags"/> are those of the stretch since the total accepted before.</summary>
    void Accept(long time, int spread, long total, long value, long depth, long doubt, WindowFlags flags);

    /// <summary>What was accepted after a reading turned out to be false: the line went on from there, at a total.</summary>
    void Withdraw(in Reading line, long total, long doubt);

    /// <summary>A register passed its modulus, left its line, came back, or began a new one.</summary>
    void Happened(EventKind kind, in Reading from, in Reading to);
}

/// <summary>Decides which raw values of one register are its line, and turns them into a total in 1/65 536 of a step.</summary>
/// <remarks>The decisions: forward and possible, held, rollover, zeroed by shift, net fall; anything else is a suspect until it turns out as glitch, reset or discontinuity.</remarks>
internal sealed partial class CounterLine(CounterPlan plan, UnitOfMeasure unit)
{
    /// <summary>Parts of a register step.</summary>
    public const long One = 65_536;

    /// <summary>How long a reset may be taken back.</summary>
    private const long RetractMicros = 24 * Records.Time.UtcMicros.PerHour;

    private RegisterPhysics _physics = new(plan);

    /// <summary>What one step is worth in the base unit of its dimension.</summary>
    private readonly ExactDecimal _worth = plan.Step.Multiply(plan.Ratio).Multiply(unit.ToBase());

    private Reading _line;
    private LeftLine _left;

    /// <summary>What the present meter's register can do.</summary>
    public RegisterPhysics Physics => _physics;

    public SuspectList Suspects { get; } = new();

    /// <summary>False until the first accepted sample.</summary>
    public bool Begun { get; private set; }

    /// <summary>True where the register itself was changed: the next value begins its line anew, and what lies between is missing.</summary>
    public bool Rebased { get; private set; }

    /// <summary>Set by <see cref="Load"/> where a step is worth another amount than it was: saved steps × numerator ÷ denominator are present ones.</summary>
    public (BigInteger Numerator, BigInteger Denominator)? Rescale { get; private set; }

    /// <summary>The accepted line's newest reading.</summary>
    public ref readonly Reading Line => ref _line;

    /// <summary>Total at <see cref="Line"/>.</summary>
    public long Total { get; private set; }

    /// <summary>What may have passed otherwise than was counted up to there, added up over all ambiguous stretches, in 1/65 536 of a step.</summary>
    public long Doubt { get; private set; }

    /// <summary>Goes on from a doubt that was saved as none.</summary>
    public void Doubted(long doubt) => Doubt = doubt;

    /// <summary>Whether readings that come later can say more of the newest step.</summary>
    public GapCount NewestCount { get; private set; }

    /// <summary>A stretch that ended at <paramref name="at"/> or before has turned out to hold so much more, and no more than that.</summary>
    public void Raise(long at, long total, long doubt)
    {
        (Total, Doubt) = (checked(Total + total), Doubt + doubt);
        if (_left.IsKnown && _left.Line.Time >= at) _left = _left with { Total = _left.Total + total, Doubt = _left.Doubt + doubt };
    }

    /// <summary>Takes a sample; false where it is not newer than the line.</summary>
    public bool Take<TListener>(in Reading reading, Quality quality, ref TListener listener, MeteringCounters counters) where TListener : struct, ILineListener, allows ref struct
    {
        NewestCount = GapCount.Certain;
        if (!Begun || Rebased)
        {
            Begin(reading, ref listener, counters);
            return true;
        }
        if (reading.Time <= Newest()) return false;
        if (quality == Quality.GoodHeartbeat)
        {
            // It extends the value it repeats, and never speaks for a suspect.
            if (Suspects.Count == 0 && reading.Value == _line.Value) Advance(reading, 0, WindowFlags.None, ref listener, counters);
            return true;
        }
        if (IsOfNewMeter(reading))
        {
            BeginNewMeter(reading, ref listener, counters);
            return true;
        }
        if (FollowsLine(reading, out var step, out var held, out var flags))
        {
            var doubt = (flags & WindowFlags.Ambiguous) == 0 ? 0 : _physics.MoreRounds(_line, reading, held ? reading.Value - _line.Value : step);
            if ((flags & (WindowFlags.Ambiguous | WindowFlags.ZeroedByShift)) == WindowFlags.Ambiguous) NewestCount = held || plan.NetCount || Suspects.Count > 0 ? GapCount.Unsure : GapCount.RoundsOpen;
            if (Suspects.Count > 0)
            {
                var inDoubt = InDoubt(reading);
                if ((inDoubt & WindowFlags.Ambiguous) != 0) doubt = _physics.AnyCount(_line, reading, step);
                flags |= inDoubt;
                counters.Glitches++;
                listener.Happened(EventKind.Glitch, Suspects.First, reading);
                Suspects.Clear();
            }
            if ((flags & WindowFlags.Rollover) != 0)
            {
                counters.Rollovers++;
                listener.Happened(EventKind.Rollover, _line, reading);
            }
            if ((flags & WindowFlags.ZeroedByShift) != 0) listener.Happened(EventKind.ZeroedByShift, _line, reading);
            Advance(held ? reading with { Value = _line.Value } : reading, step, flags, ref listener, counters, held ? _line.Value - reading.Value : 0, doubt);
            return true;
        }
        Suspect(reading, ref listener, counters);
        return true;
    }

    /// <summary>Appends the state: what the register is, the accepted line, the suspects.</summary>
    public void Save(ByteWriter w)
    {
        w.Signed(_worth.Mantissa);
        w.Signed(_worth.Exponent);
        w.Signed(plan.Modulus ?? -1);
        w.Signed(plan.RegisterEpoch);
        w.Byte(Rebased ? (byte)1 : (byte)0);
        _line.Save(w);
        w.Signed(Total);
        w.Unsigned((ulong)Suspects.AdvancedCount);
        w.Unsigned((ulong)Suspects.Count);
        foreach (ref readonly var suspect in Suspects.All) suspect.Save(w);
        _left.Save(w);
        w.Signed(Replaced);
        w.Byte(_awaited is null ? (byte)0 : (byte)1);
        _awaited.GetValueOrDefault().Save(w);
        Suspects.SaveLeft(w);
        Suspects.SaveDepths(w);
        SaveRatios(w);
        _power.Save(w);
        w.Signed(Doubt);
        SaveMeters(w);
    }

    /// <summary>Reads a state back. Where the register is another one now (worth of a step, modulus or epoch), its next value begins a new line.</summary>
    public void Load(ref ByteReader r, byte version)
    {
        var (saved, worth) = (new ExactDecimal(r.Signed(), (sbyte)r.Signed()), _worth);
        var same = r.Signed() == (plan.Modulus ?? -1) & r.Int32() == plan.RegisterEpoch;
        var rebased = r.Byte() != 0;
        _line = Reading.Load(ref r);
        Total = r.Signed();
        Begun = !r.Failed;
        var advanced = (int)r.Unsigned();
        var count = r.Count(3);
        for (var i = 0; i < count && !r.Failed; i++)
        {
            var suspect = Reading.Load(ref r);
            if (i == 0) Suspects.Begin(suspect);
            else Suspects.Add(suspect, advances: false, 0);
        }
        Suspects.RestoreAdvanced(advanced);
        if (version > 1)
        {
            (_left, Replaced) = (LeftLine.Load(ref r, version), r.Int32());
            var awaited = r.Byte() != 0;
            var replacement = Replacement.Load(ref r, version);
            if (awaited) _awaited = replacement;
        }
        if (version > 2) Suspects.LoadLeft(ref r);
        if (version > 3)
        {
            Suspects.LoadDepths(ref r);
            LoadRatios(ref r);
            _power = PowerMark.Load(ref r);
        }
        if (version > 5)
        {
            Doubt = r.Signed();
            LoadMeters(ref r, saved == worth);
        }
        // A ratio that was corrected by word and then in the map is the same register's.
        if (saved != worth && !(same && IsCorrected(saved)))
        {
            same = false;
            if (worth.Mantissa != 0) Rescale = Factor(saved, worth);
            if (Rescale is { } factor) Doubt = Windows.Doubt.Rescale(Doubt, factor);
            _ratios = null;
            ForgetMeters();
        }
        Rebased = rebased | !same;
        if (same) return;
        Suspects.Clear();
        (_left, _awaited, _awaitedPhysics) = (default, null, null);
    }

    private long Newest() => Suspects.Count > 0 ? Suspects.Newest.Time : _line.Time;

    private void Begin<TListener>(in Reading reading, ref TListener listener, MeteringCounters counters) where TListener : struct, ILineListener, allows ref struct
    {
        var flags = Rebased ? WindowFlags.Missing : WindowFlags.None;
        if (Rebased && reading.Time <= _line.Time) return;
        (Begun, Rebased) = (true, false);
        Suspects.Clear();
        Advance(reading, 0, flags, ref listener, counters);
    }

    /// <summary>The two rules, and what only the accepted line allows.</summary>
    private bool FollowsLine(in Reading reading, out long step, out bool held, out WindowFlags flags)
    {
        (step, held, flags) = (0, false, WindowFlags.None);
        if (_physics.IsForward(_line, reading)) step = reading.Value - _line.Value;
        else if (plan.NetCount && _physics.IsNetFall(_line, reading)) step = reading.Value - _line.Value;
        else if (plan.Resets == ResetPolicy.ToZero && reading.Value == 0) flags = WindowFlags.ZeroedByShift;
        else if (_physics.IsHeld(_line, reading)) held = true;
        // Behind suspects a rollover must show that it counts: a zero that lasts or passes does not become one by waiting until one would be possible.
        else if (Suspects.Count == 0 && _physics.ThroughZero(_line, reading) is { } through) (step, flags) = (through, WindowFlags.Rollover);
        else if (plan.Resets == ResetPolicy.ToZero && reading.Value >= 0 && reading.Value < _line.Value && reading.Value <= _physics.Possible(_line, reading))
        {
            (step, flags) = (reading.Value, WindowFlags.ZeroedByShift);
        }
        else return false;
        if (!_physics.IsAmbiguous(_line, reading)) return true;
        // Rounds that its power has told are in no single reading.
        if (SettledByPower(reading, ref step)) NewestCount = GapCount.Unsure;
        else flags |= WindowFlags.Ambiguous;
        return true;
    }

    private void Suspect<TListener>(in Reading reading, ref TListener listener, MeteringCounters counters) where TListener : struct, ILineListener, allows ref struct
    {
        counters.Suspects++;
        if (Suspects.Count > 0)
        {
            ref readonly var newest = ref Suspects.Newest;
            if (FollowsSuspect(reading))
            {
                var advances = _physics.IsForward(newest, reading) && reading.Value > newest.Value;
                var held = _physics.IsHeld(newest, reading);
                Suspects.Add(held ? reading with { Value = newest.Value } : reading, advances, held ? newest.Value - reading.Value : 0);
                if (advances && Suspects.IsConfirmed) Confirm(ref listener, counters);
                return;
            }
        }
        // Told once: a register that says something else at every poll is one suspicion, not a flood of events.
        else listener.Happened(EventKind.Suspect, _line, reading);
        Suspects.Begin(reading, _line, _physics);
    }

    /// <summary>It stands on both lines: a glitch, or a small reset that caught up, or a small jump ahead? It cannot be told. So too of lines that were seen and left since, and of one that stood still for a while.</summary>
    private WindowFlags InDoubt(in Reading reading)
    {
        var flags = WindowFlags.None;
        if (FollowsSuspect(reading) || _physics.IsForward(Suspects.First, reading)) flags |= Suspects.First.Value < _line.Value ? WindowFlags.Missing : WindowFlags.Ambiguous;
        if (Suspects.MayHideReset(reading, _physics)) flags |= WindowFlags.Missing;
        // A register that was ahead and is back may have been zeroed since.
        if (Suspects.First.Value >= _line.Value && reading.Value <= _physics.Possible(Suspects.Newest with { Value = 0 }, reading)) flags |= WindowFlags.Missing;
        if (Suspects.MayHideJump(reading)) flags |= WindowFlags.Ambiguous;
        return flags;
    }

    private bool FollowsSuspect(in Reading reading)
    {
        ref readonly var newest = ref Suspects.Newest;
        return _physics.IsForward(newest, reading) || _physics.IsHeld(newest, reading) || _physics.ThroughZero(newest, reading) is not null;
    }

    /// <summary>The new line is believed: its readings from the first suspect on apply. Nothing of its lifetime value is added, and the stretch before it is missing.</summary>
    /// <remarks>Missing is too what lies between its first reading and the first that advanced: a register that said zero for minutes may have been reset only at their end.</remarks>
    private void Confirm<TListener>(ref TListener listener, MeteringCounters counters) where TListener : struct, ILineListener, allows ref struct
    {
        var first = Suspects.First;
        WindowFlags stood;
        if (_physics.ThroughZero(_line, first) is { } passed)
        {
            counters.Rollovers++;
            listener.Happened(EventKind.Rollover, _line, first);
            stood = WindowFlags.Ambiguous;
            Advance(first, passed, WindowFlags.Rollover | stood, ref listener, counters, 0, _physics.AnyCount(_line, first, passed));
        }
        else if (IsBack(first)) stood = Return(first, ref listener, counters);
        else
        {
            counters.Resets++;
            listener.Happened(first.Value < _line.Value ? EventKind.Reset : EventKind.Discontinuity, _line, first);
            _left = new LeftLine(_line, Total, first.Time + RetractMicros, first, 0, Doubt, first.Time);
            stood = WindowFlags.Missing;
            Advance(first, 0, stood, ref listener, counters);
        }
        for (var i = 1; i < Suspects.Count; i++)
        {
            ref readonly var reading = ref Suspects.All[i];
            // Suspects never fall but through zero; between thinned ones the step may be larger than the rule of the possible allows at once.
            var through = reading.Value < _line.Value;
            if (through)
            {
                counters.Rollovers++;
                listener.Happened(EventKind.Rollover, _line, reading);
            }
            var flags = stood | (through ? WindowFlags.Rollover : WindowFlags.None) | (_physics.IsAmbiguous(_line, reading) ? WindowFlags.Ambiguous : WindowFlags.None);
            var step = reading.Value - _line.Value + (through ? plan.Modulus!.Value : 0);
            var doubt = (stood & WindowFlags.Ambiguous) != 0 ? _physics.AnyCount(_line, reading, step) : (flags & WindowFlags.Ambiguous) != 0 ? _physics.MoreRounds(_line, reading, step) : 0;
            Advance(reading, step, flags, ref listener, counters, Suspects.Depths[i], doubt);
            if (reading.Value != first.Value) stood = WindowFlags.None;
        }
        Suspects.Clear();
    }

    /// <summary>The line that was left is there again: the reset never was, and what was counted on the other line was not energy.</summary>
    /// <remarks>Where a reset of the other line could have come there as well, that is ambiguous.</remarks>
    private WindowFlags Return<TListener>(in Reading first, ref TListener listener, MeteringCounters counters) where TListener : struct, ILineListener, allows ref struct
    {
        var flags = first.Value <= _physics.Possible(_line with { Value = 0 }, first) ? WindowFlags.Ambiguous : WindowFlags.None;
        counters.Retracted++;
        listener.Happened(EventKind.ResetRetracted, _left.Line, first);
        (_line, Total, Doubt) = (_left.Line, _left.Total, _left.Doubt);
        listener.Withdraw(_line, Total, Doubt);
        _left = default;
        var step = first.Value - _line.Value;
        Advance(first, step, flags, ref listener, counters, 0, flags == WindowFlags.None ? 0 : _physics.AnyCount(_line, first, step));
        return flags;
    }

    /// <summary>On the line that was left, and not where the present one could have come to: a register that stood still for a while and goes on is no return.</summary>
    private bool IsBack(in Reading first)
    {
        if (first.Time > _left.Until || !_physics.IsForward(_left.Line, first)) return false;
        return first.Value < _line.Value || first.Value - _line.Value > _physics.Possible(_left.Line, first);
    }

    private void Advance<TListener>(in Reading reading, long step, WindowFlags flags, ref TListener listener, MeteringCounters counters, long depth = 0, long doubt = 0) where TListener : struct, ILineListener, allows ref struct
    {
        counters.Accepted++;
        _line = reading;
        if (Power is { } power) _power = power.Mark;
        Total = checked(Total + step * One);
        Doubt = Math.Min(Doubt + doubt, long.MaxValue / 2);
        listener.Accept(reading.Time, reading.Spread, Total, reading.Value, depth, Doubt, flags);
    }
}
