using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>Derived figures of a record: energy per piece, idle share, unmetered rest. Null with a reason rather than misleading.</summary>
internal static class UnitFigures
{
    public static void Add(WindowRecord record, UnitLayout layout, RecordBuilder? builder, UnitSlice? slice)
    {
        try
        {
            AddAll(record, layout, builder, slice);
        }
        catch (OverflowException)
        {
            // Steps and ratios of a range that no plant has; the totals stand, the figure does not.
            record.Add(new Figure { Id = FigureId.KilowattHoursPerGood, Reason = FigureReason.OutOfRange, Basis = Basis.None });
        }
    }

    private static void AddAll(WindowRecord record, UnitLayout layout, RecordBuilder? builder, UnitSlice? slice)
    {
        var electricity = new Sum();
        var good = new Sum();
        var scrap = new Sum();
        var idle = default(Amount);
        foreach (ref readonly var input in record.Inputs)
        {
            if (input.Carrier == Carrier.Electricity)
            {
                electricity.Add(input);
                idle += input.AmountIn(MachineState.Idle);
            }
            else if (input.Role == InputRole.Good) good.Add(input);
            else if (input.Role == InputRole.Scrap) scrap.Add(input);
        }
        if (electricity.Any && good.Any)
        {
            record.Add(PerPiece(FigureId.KilowattHoursPerGood, record, layout, electricity, good));
            if (scrap.Any) record.Add(PerPiece(FigureId.KilowattHoursPerTotal, record, layout, electricity, good.With(scrap)));
        }
        if (electricity.Any && layout.Plan.StateSlot >= 0) record.Add(IdleShare(electricity, idle));
        if (layout.Below.Length > 0) record.Add(UnmeteredRest(layout, builder, electricity, slice));
    }

    private static Figure PerPiece(FigureId id, WindowRecord record, UnitLayout layout, Sum energy, Sum pieces)
    {
        var basis = energy.Basis.Worst(pieces.Basis);
        var reason = basis == Basis.None ? FigureReason.NoData
            : record.Coverage < layout.Plan.MinCoverage ? FigureReason.Coverage
            : pieces.Amount.Quanta <= 0 ? FigureReason.NoOutput
            : (pieces.Amount - Amount.Whole(layout.Plan.MinPieces)).Quanta < 0 ? FigureReason.BelowMinPieces
            : FigureReason.None;
        return Of(id, reason == FigureReason.None ? energy.Amount.Per(pieces.Amount) : null, reason, basis);
    }

    private static Figure IdleShare(Sum energy, Amount idle)
    {
        var reason = energy.Basis == Basis.None || energy.Amount.Quanta <= 0 ? FigureReason.NoData : FigureReason.None;
        return Of(FigureId.IdleShare, reason == FigureReason.None ? idle.Per(energy.Amount) : null, reason, energy.Basis);
    }

    private static Figure UnmeteredRest(UnitLayout layout, RecordBuilder? builder, Sum own, UnitSlice? slice)
    {
        if (builder is null || slice is null) return Of(FigureId.UnmeteredRest, null, FigureReason.EstimatedInput, own.Basis.Worst(Basis.Estimated));
        var below = new Sum();
        for (var i = 0; i < layout.Below.Length; i++) below.Add(builder.Input(layout.Below[i], slice.Inputs[layout.Inputs.Length + i]));
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

        public readonly Sum With(Sum other) => new() { Amount = Amount + other.Amount, Basis = Basis.Worst(other.Basis), Any = true };
    }
}
