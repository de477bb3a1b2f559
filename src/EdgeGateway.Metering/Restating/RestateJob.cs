using System.Buffers;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Restating;

/// <summary>How far an order has been carried out: unit by unit in the order of their ids, kind by kind.</summary>
internal sealed class RestateJob(RestateOrder order)
{
    private static readonly WindowKind[] Kinds =
    [
        .. Enumerable.Range(1, 30).Where(s => 60 % s == 0).Select(WindowKind.OfSeconds),
        WindowKind.Minute, WindowKind.QuarterHour, WindowKind.Hour, WindowKind.Day, WindowKind.Month, WindowKind.Shift, WindowKind.Batch,
    ];

    private int _kind;

    public RestateOrder Order => order;

    /// <summary>Id of the unit under way; units up to it, without it, are done.</summary>
    public int Unit { get; set; } = int.MinValue;

    public WindowKind Kind => Kinds[_kind];

    /// <summary>Start of the next record to look at.</summary>
    public long Cursor { get; set; } = order.From;

    /// <summary>Goes on to the unit's next kind; false where it was the last one.</summary>
    public bool NextKind()
    {
        Cursor = order.From;
        if (_kind + 1 == Kinds.Length)
        {
            _kind = 0;
            return false;
        }
        _kind++;
        return true;
    }

    public void Save(ByteWriter w)
    {
        w.Signed(order.From);
        w.Signed(order.To);
        w.Signed(Unit);
        w.Signed(_kind);
        w.Signed(Cursor);
        var plan = new ArrayBufferWriter<byte>();
        order.Plan.Save(plan);
        w.Unsigned((ulong)plan.WrittenCount);
        w.Raw(plan.WrittenSpan);
    }

    /// <summary>Null where the bytes hold none that this version can go on with.</summary>
    public static RestateJob? Load(ref ByteReader r)
    {
        var (from, to, unit, kind, cursor) = (r.Signed(), r.Signed(), r.Int32(), r.Int32(), r.Signed());
        var plan = CarbonPlan.Load(r.Raw(r.Count(1)));
        return plan is null || kind < 0 || kind >= Kinds.Length ? null : new RestateJob(new RestateOrder(from, to, plan)) { Unit = unit, _kind = kind, Cursor = cursor };
    }
}
