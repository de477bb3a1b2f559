using EdgeGateway.Metering.Gauges;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>A unit over a stretch of base windows: what a record is made of. Stretches that follow each other add up.</summary>
internal sealed class UnitSlice(UnitLayout layout)
{
    public readonly InputSlice[] Inputs = new InputSlice[layout.Sliced.Length];
    public readonly GaugeSlice[] Gauges = new GaugeSlice[layout.Plan.Gauges.Length];
    public ByState State;
    public long Covered;

    /// <summary>UTC microseconds, inclusive.</summary>
    public long Start { get; set; }

    /// <summary>UTC microseconds, exclusive; <see cref="Start"/> where it is empty.</summary>
    public long End { get; set; }

    /// <summary>Why it ends.</summary>
    public SegmentCut Cut { get; set; }

    /// <summary>Batch in work, or null.</summary>
    public string? Batch { get; set; }

    /// <summary>The product that a point says is made; "" where it is not known, null where no point says it.</summary>
    public string? Product { get; set; }

    /// <summary>Empties it, to begin at a time.</summary>
    public void Begin(long start)
    {
        (Start, End, State, Covered, Cut, Batch, Product) = (start, start, default, 0, SegmentCut.WindowEnd, null, null);
        Array.Clear(Gauges);
        Array.Clear(Inputs);
    }

    /// <summary>Becomes a copy of another one of the same unit.</summary>
    public void CopyFrom(UnitSlice other)
    {
        (Start, End, State, Covered, Cut, Batch, Product) = (other.Start, other.End, other.State, other.Covered, other.Cut, other.Batch, other.Product);
        other.Inputs.CopyTo(Inputs, 0);
        other.Gauges.CopyTo(Gauges, 0);
    }

    /// <summary>Adds the stretch that follows.</summary>
    public void Add(UnitSlice later)
    {
        if (End == Start)
        {
            var (start, batch) = (Start, Batch);
            CopyFrom(later);
            (Cut, Batch) = (SegmentCut.WindowEnd, batch);
            if (start != later.Start) throw new InvalidOperationException("Stretches must follow each other.");
            return;
        }
        if (later.Start != End) throw new InvalidOperationException("Stretches must follow each other.");
        End = later.End;
        Covered += later.Covered;
        for (var i = 0; i < 4; i++) State[i] += later.State[i];
        for (var i = 0; i < Inputs.Length; i++) Inputs[i].Add(later.Inputs[i]);
        for (var i = 0; i < Gauges.Length; i++) Gauges[i].Add(later.Gauges[i]);
    }

    /// <summary>Appends the state; inputs and gauges are named by point id.</summary>
    public void Save(ByteWriter w, MeteringPlan plan)
    {
        w.Signed(Start);
        w.Signed(End);
        w.Byte((byte)Cut);
        w.Text(Batch ?? "");
        w.Signed(Covered);
        for (var i = 0; i < 4; i++) w.Signed(State[i]);
        w.Unsigned((ulong)Inputs.Length);
        for (var i = 0; i < Inputs.Length; i++)
        {
            w.Signed(plan.Points[layout.Sliced[i].Slot].Id);
            Inputs[i].Save(w);
        }
        w.Unsigned((ulong)Gauges.Length);
        for (var i = 0; i < Gauges.Length; i++)
        {
            w.Signed(plan.Points[layout.Plan.Gauges[i]].Id);
            Gauges[i].Save(w);
        }
    }

    /// <summary>Reads a state back. What the unit no longer has is passed over; which inputs were found is told, for those that are new.</summary>
    public void Load(ref ByteReader r, byte version, long savedBase, Func<int, int> slotOf, bool[] found)
    {
        // Up to version 3 edges were numbers of boundaries.
        var unit = version > 3 ? 1 : savedBase;
        (Start, End) = (r.Signed() * unit, r.Signed() * unit);
        if (version > 3) (Cut, Batch) = ((SegmentCut)r.Byte(), r.Text() is { Length: > 0 } batch ? batch : null);
        Covered = r.Signed();
        for (var i = 0; i < 4; i++) State[i] = r.Signed();
        for (var left = r.Count(10); left > 0 && !r.Failed; left--)
        {
            var slot = slotOf(r.Int32());
            var slice = InputSlice.Load(ref r, version);
            var index = Array.FindIndex(layout.Sliced, i => i.Slot == slot);
            if (index < 0) continue;
            // A point may enter twice: its slices are equal but for nothing.
            for (var i = index; i < layout.Sliced.Length; i++)
            {
                if (layout.Sliced[i].Slot == slot) (Inputs[i], found[i]) = (slice, true);
            }
        }
        for (var left = r.Count(35); left > 0 && !r.Failed; left--)
        {
            var slot = slotOf(r.Int32());
            var slice = GaugeSlice.Load(ref r);
            var index = layout.Plan.Gauges.IndexOf(slot);
            if (index >= 0) Gauges[index] = slice;
        }
    }
}
