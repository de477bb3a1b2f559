using EdgeGateway.Metering.Carbon;
using EdgeGateway.Metering.Output;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>Derived figures of a record: energy per piece, idle share, unmetered rest. Null with a reason rather than misleading.</summary>
internal static class UnitFigures
{
    public static void Add(WindowRecord record, UnitLayout layout, MeteringPlan plan, RecordBuilder? builder, ReadOnlySpan<UnitSlice> pieces)
    {
        try
        {
            AddReported(record, layout, plan, builder, pieces);
            AddMeasured(record, layout, plan, builder, pieces);
        }
        catch (OverflowException)
        {
            // Steps and ratios of a range that no plant has; the totals stand, the figure does not.
            record.Add(new Figure { Id = FigureId.KilowattHoursPerGood, Reason = FigureReason.OutOfRange, Basis = Basis.None });
        }
    }

    /// <summary>Of a record that is mended from what was stored, the supply's mix is not known: where there is one, no carbon is said rather than a wrong one.</summary>
    private static void AddReported(WindowRecord record, UnitLayout layout, MeteringPlan plan, RecordBuilder? builder, ReadOnlySpan<UnitSlice> pieces)
    {
        Span<SupplyMix> mixes = stackalloc SupplyMix[ReportFigures.MixCount];
        var known = !pieces.IsEmpty || layout.Supplies.Length == 0;
        var next = layout.Inputs.Length + layout.Below.Length;
        foreach (var (carrier, inputs, summed) in layout.Supplies)
        {
            var mix = new SupplyMix(summed);
            foreach (var piece in pieces)
            {
                for (var i = 0; i < inputs.Length; i++) mix.Add(builder!.Input(inputs[i], piece, next + i));
            }
            next += inputs.Length;
            mixes[(int)carrier] = mix;
        }
        ReportFigures.Add(record, known ? plan.Carbon : null, layout.Plan.Output, layout.Plan.MinPieces, layout.Plan.MinCoverage, mixes, layout.IsSite);
    }

    private static void AddMeasured(WindowRecord record, UnitLayout layout, MeteringPlan plan, RecordBuilder? builder, ReadOnlySpan<UnitSlice> pieces)
    {
        var electricity = new Sum();
        var idle = default(Amount);
        foreach (ref readonly var input in record.Inputs)
        {
            if (input.Carrier != Carrier.Electricity) continue;
            electricity.Add(input);
            idle += input.AmountIn(MachineState.Idle);
        }
        if (electricity.Any && layout.Plan.StateSlot >= 0) record.Add(IdleShare(electricity, idle));
        if (layout.Below.Length > 0) record.Add(UnmeteredRest(layout, builder, electricity, pieces));
        PowerFigures.Add(record, layout, plan);
    }

    private static Figure IdleShare(Sum energy, Amount idle)
    {
        var reason = energy.Basis == Basis.None || energy.Amount.Quanta <= 0 ? FigureReason.NoData : FigureReason.None;
        return Of(FigureId.IdleShare, reason == FigureReason.None ? idle.Per(energy.Amount) : null, reason, energy.Basis);
    }

    private static Figure UnmeteredRest(UnitLayout layout, RecordBuilder? builder, Sum own, ReadOnlySpan<UnitSlice> pieces)
    {
        if (builder is null || pieces.IsEmpty) return Of(FigureId.UnmeteredRest, null, FigureReason.EstimatedInput, own.Basis.Worst(Basis.Estimated));
        var below = new Sum();
        foreach (var piece in pieces)
        {
            for (var i = 0; i < layout.Below.Length; i++) below.Add(builder.Input(layout.Below[i], piece, layout.Inputs.Length + i));
        }
        var basis = own.Basis.Worst(below.Basis);
        var reason = basis == Basis.None ? FigureReason.NoData : basis == Basis.Exact ? FigureReason.None : FigureReason.EstimatedInput;
        return Of(FigureId.UnmeteredRest, reason == FigureReason.None ? (own.Amount - below.Amount).RoundToSix() : null, reason, basis);
    }

    private static Figure Of(FigureId id, ExactDecimal? value, FigureReason reason, Basis basis) =>
        new() { Id = id, Value = value, Reason = value is null && reason == FigureReason.None ? FigureReason.OutOfRange : reason, Basis = basis };

    private struct Sum
    {
        public Amount Amount;
        public Basis Basis;
        public bool Any;

        public void Add(in WindowInput input)
        {
            Amount += input.Amount;
            Basis = Basis.Worst(input.Basis);
            Any = true;
        }
    }
}
