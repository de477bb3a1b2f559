using EdgeGateway.Metering.Carbon;
using EdgeGateway.Metering.Output;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Carbon;

/// <summary>A record made by hand: amounts in thousandths of a unit, from 2026-11-24 on.</summary>
internal sealed class Rec
{
    public static readonly long Start = Sets.StartOf(new DateOnly(2026, 11, 24));
    private readonly WindowRecord _record = new() { Unit = 1, Kind = WindowKind.Hour };
    private readonly SupplyMix[] _mixes = new SupplyMix[ReportFigures.MixCount];

    public Rec() : this(Start, Start + 3_600_000_000)
    {
    }

    public Rec(params long[] cuts)
    {
        (_record.Start, _record.End, _record.CoveredMicros) = (cuts[0], cuts[^1], cuts[^1] - cuts[0]);
        Cuts = cuts;
        Segment(0);
    }

    private long[] Cuts { get; }

    public WindowRecord Record => _record;

    public Rec Segment(int index)
    {
        _record.BeginSegment(Cuts[index], Cuts[index + 1], index + 2 < Cuts.Length ? SegmentCut.Factor : SegmentCut.WindowEnd, null, default);
        return this;
    }

    public Rec Covered(double share)
    {
        _record.CoveredMicros = (long)((_record.End - _record.Start) * share);
        return this;
    }

    public Rec With(Carrier carrier, long thousandths, UnitOfMeasure unit = UnitOfMeasure.KilowattHour, InputRole role = InputRole.Purchased, sbyte sign = 1, Basis basis = Basis.Exact)
    {
        _record.Add(Input(carrier, thousandths, unit, role, sign, basis));
        return this;
    }

    public Rec Made(long good, long scrap = 0)
    {
        _record.Add(Input(Carrier.None, good * 1000, UnitOfMeasure.Piece, InputRole.Good));
        if (scrap > 0) _record.Add(Input(Carrier.None, scrap * 1000, UnitOfMeasure.Piece, InputRole.Scrap));
        return this;
    }

    public Rec Supply(Carrier carrier, params WindowInput[] inputs)
    {
        foreach (var input in inputs) _mixes[(int)carrier].Add(input);
        return this;
    }

    public WindowRecord State(CarbonPlan? plan, OutputPlan? output = null, bool isSite = false, int minPieces = 1)
    {
        ReportFigures.Add(_record, plan, output, minPieces, 0.5, _mixes, isSite);
        return _record;
    }

    public static WindowInput Input(Carrier carrier, long thousandths, UnitOfMeasure unit = UnitOfMeasure.KilowattHour, InputRole role = InputRole.Purchased, sbyte sign = 1, Basis basis = Basis.Exact) => new()
    {
        Point = 1, Carrier = carrier, Role = role, Unit = unit, Sign = sign, T0 = 0, T1 = thousandths * 65_536, Step = new ExactDecimal(1, -3), Ratio = ExactDecimal.One, Basis = basis,
    };
}
