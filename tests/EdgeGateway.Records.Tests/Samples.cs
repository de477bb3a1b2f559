using EdgeGateway.Records.Events;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Records.Tests;

/// <summary>One fixed thing of each durable format, with every field set to something of its own; the golden files hold their bytes.</summary>
internal static class Samples
{
    public static readonly int[] PointIds = [7, 3, 300, 70_000];

    public static WindowRecord Record()
    {
        const long start = 1_795_478_400_000_000;
        var record = new WindowRecord
        {
            Unit = 3, Kind = WindowKind.QuarterHour, WindowId = "早班#1", Start = start, End = start + 900_000_000, Revision = new Revision(1_795_478_400, 4711),
            CoveredMicros = 899_000_000, Flags = WindowFlags.Gap | WindowFlags.ClockUnverified | WindowFlags.Void,
            Coefficients = "gbt2589-2020/1", Factors = "cn-guangdong-2023/1 latest_published",
        };
        record.BeginSegment(start, start + 300_000_000, SegmentCut.Batch, "A-17", States(290_000_000, 10_000_000, 0, 0));
        record.Add(new WindowInput
        {
            Point = 7, RegisterEpoch = 2, Role = InputRole.Purchased, Carrier = Carrier.Electricity, Unit = Numbers.UnitOfMeasure.KilowattHour, Sign = 1,
            T0 = 6_553_600, T1 = 14_640_742, Step = new(1, -2), Ratio = new(40, 0), Basis = Basis.Estimated, Flags = WindowFlags.Rollover | WindowFlags.Coarse, Bound = 131_072,
            ByState = States(8_000_000, 87_142, 0, 0),
        });
        record.Add(new WindowInput
        {
            Point = 300, RegisterEpoch = 1, Role = InputRole.Good, Carrier = Carrier.None, Unit = Numbers.UnitOfMeasure.Piece, Sign = -1,
            T0 = -65_536, T1 = 65_536, Step = new(1, 0), Ratio = new(1, 0), Basis = Basis.Exact, Flags = WindowFlags.None, Bound = long.MaxValue, ByState = States(131_072, 0, 0, 0),
        });
        record.Add(new WindowGauge { Point = 3, Integral = 12_345.5, CoveredMicros = 290_000_000, Min = -0.5, Max = 75.25, Last = 41.125 });
        record.BeginSegment(start + 300_000_000, start + 900_000_000, SegmentCut.WindowEnd, null, States(0, 0, 500_000_000, 100_000_000));
        record.Add(new Figure { Id = FigureId.KilowattHoursPerGood, Value = new(61_700, -6), Reason = FigureReason.None, Basis = Basis.Estimated });
        record.Add(new Figure { Id = FigureId.IdleShare, Value = null, Reason = FigureReason.Coverage, Basis = Basis.None });
        return record;
    }

    /// <summary>The same, of which a point says what was made.</summary>
    public static WindowRecord RecordOfProducts()
    {
        var record = new WindowRecord { Unit = 3, Kind = WindowKind.Minute, Start = 1_795_478_400_000_000, End = 1_795_478_460_000_000, Revision = new Revision(1_795_478_400, 4712), CoveredMicros = 60_000_000 };
        record.BeginSegment(record.Start, record.Start + 20_000_000, SegmentCut.Product, "A-17#1", States(20_000_000, 0, 0, 0), "支架");
        record.BeginSegment(record.Start + 20_000_000, record.Start + 30_000_000, SegmentCut.Product, null, States(0, 0, 0, 10_000_000), "");
        record.BeginSegment(record.Start + 30_000_000, record.End, SegmentCut.WindowEnd, "B#1", States(30_000_000, 0, 0, 0));
        record.Add(new Figure { Id = FigureId.OutputValue, Value = null, Reason = FigureReason.NoProduct, Basis = Basis.Exact });
        return record;
    }

    public static SampleBlock Block()
    {
        const long at = 1_795_478_400_123_456;
        var block = new SampleBlock(8);
        block.TryAddGauge(0, at, 1500, 41.125);
        block.TryAddInteger(1, at + 2, 1500, 4_294_967_295);
        block.TryAddBad(2, at - 5, 0, Quality.BadTimeout);
        block.TryAddText(3, at + 1_000_000, 7, "批次-7", Quality.UncertainDevice);
        block.TryAddInteger(1, at + 1_000_001, 0, -3, Quality.GoodHeartbeat);
        block.TryAddText(3, at + 1_000_002, 0, "");
        return block;
    }

    public static GatewayEvent Event() => new(EventKind.Rollover, 1_795_478_400_000_000, "冲压机.energy", [new("from", "4294967290"), new("to", "5"), new("", "")]);

    private static ByState States(long running, long idle, long stopped, long unknown)
    {
        var states = default(ByState);
        (states[0], states[1], states[2], states[3]) = (running, idle, stopped, unknown);
        return states;
    }
}
