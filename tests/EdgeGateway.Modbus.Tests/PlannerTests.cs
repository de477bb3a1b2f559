using CsCheck;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Modbus.Planning;

namespace EdgeGateway.Modbus.Tests;

public sealed class PlannerTests
{
    private static readonly Gen<AddressRange[]> Forbidden = Gen.Select(Gen.Int[0, 400], Gen.Int[0, 6]).Select(r => new AddressRange(r.Item1, r.Item1 + r.Item2)).Array[0, 12];

    private static readonly Gen<BlockLimits> Limits = Gen.Select(Gen.Int[4, 125], Gen.Int[-1, 20], Gen.Int[1, 2_000], Forbidden)
        .Select(l => new BlockLimits(l.Item1, l.Item2) { MaxBits = l.Item3, Forbidden = [.. l.Item4] });

    private static readonly Gen<PointSpan[]> Points =
        Gen.Select(Gen.Int[1, 4], Gen.OneOf(Gen.Int[0, 400], Gen.Int[65_300, 65_532]), Gen.Int[0, 2].Select(w => 1 << w), Gen.Bool.Select(fast => fast ? 1_000_000L : 5_000_000L)).Array[1, 120]
            .Select(points => points.Select((p, key) => new PointSpan(key, (FunctionCode)p.Item1, p.Item2, p.Item1 < 3 ? 1 : p.Item3, p.Item4)).ToArray());

    // Neighbours of one table that do not overlap: distance to the one before, and width.
    private static readonly Gen<PointSpan[]> Neighbours = Gen.Select(Gen.Int[0, 30], Gen.Int[0, 2].Select(w => 1 << w)).Array[1, 60].Select(row =>
    {
        var at = 0;
        return row.Select((p, key) =>
        {
            var span = Holding(key, at + p.Item1, p.Item2);
            at = span.End;
            return span;
        }).ToArray();
    });

    [Fact]
    public void Every_point_is_read_exactly_once_within_every_limit() => Gen.Select(Points, Limits).Sample((points, limits) =>
    {
        var blocks = BlockPlanner.Plan(points, limits);
        Assert.Equal(points.Select(p => p.Key), blocks.SelectMany(b => b.Items).Select(i => i.Key).Order());
        foreach (var block in blocks) CheckBlock(block, points, limits);
    }, iter: 300);

    [Fact]
    public void No_plan_needs_fewer_requests() => Gen.Select(Neighbours, Limits).Sample((points, limits) =>
    {
        // The least number of requests for the first n points, whatever the last one of them begins with.
        var least = new int[points.Length + 1];
        for (var n = 1; n <= points.Length; n++)
        {
            least[n] = int.MaxValue;
            for (var first = n - 1; first >= 0 && MayMerge(points.AsSpan(first, n - first), limits); first--) least[n] = Math.Min(least[n], least[first] + 1);
        }
        Assert.Equal(least[^1], BlockPlanner.Plan(points, limits).Length);
    }, iter: 300);

    [Fact]
    public void Halves_hold_the_same_points_until_each_stands_alone() => Gen.Select(Points, Limits).Sample((points, limits) =>
    {
        var open = new Queue<ReadBlock>(BlockPlanner.Plan(points, limits));
        var alone = new List<int>();
        while (open.TryDequeue(out var block))
        {
            // A half may lack the wide point that filled a gap, so its gaps are bounded by its length alone, and it may read over what was within that point.
            CheckBlock(block, points, limits with { MaxGap = 2_000, Forbidden = [] });
            if (block.TrySplit(out var left, out var right))
            {
                Assert.Equal(block.Items.Length, left.Items.Length + right.Items.Length);
                open.Enqueue(left);
                open.Enqueue(right);
            }
            else alone.Add(block.Items.Single().Key);
        }
        Assert.Equal(points.Select(p => p.Key), alone.Order());
    }, iter: 100);

    [Fact]
    public void The_order_of_points_does_not_matter() => Gen.Select(Points, Limits, Gen.Int).Sample((points, limits, seed) =>
    {
        var shuffled = points.ToArray();
        new Random(seed).Shuffle(shuffled);
        Assert.Equal(BlockPlanner.Plan(points, limits).Select(Text), BlockPlanner.Plan(shuffled, limits).Select(Text));
    }, iter: 100);

    [Fact]
    public void Neighbours_merge_over_the_allowed_gap_and_not_over_more()
    {
        PointSpan[] points = [Holding(0, 10, 2), Holding(1, 14, 2), Holding(2, 19, 1)];
        var blocks = BlockPlanner.Plan(points, new BlockLimits(125, 2));
        Assert.Equal(["holding registers 10-15", "holding register 19"], blocks.Select(b => b.ToString()));
        Assert.Equal([new BlockItem(0, 0, 2), new BlockItem(1, 8, 2)], blocks[0].Items);
        Assert.Equal(new byte[] { 3, 0, 10, 0, 6 }, blocks[0].Pdu.ToArray());
        Assert.Single(BlockPlanner.Plan(points, new BlockLimits(125, 3)));
        Assert.Equal(3, BlockPlanner.Plan(points, new BlockLimits(4, 8)).Length);
    }

    [Fact]
    public void What_must_not_be_read_over_is_not()
    {
        PointSpan[] points = [Holding(0, 10, 2), Holding(1, 14, 2)];
        var limits = new BlockLimits(125, 8) { Forbidden = [new AddressRange(13, 13)] };
        Assert.Equal(["holding registers 10-11", "holding registers 14-15"], BlockPlanner.Plan(points, limits).Select(b => b.ToString()));
        Assert.Single(BlockPlanner.Plan(points, limits with { Forbidden = [new AddressRange(11, 11), new AddressRange(14, 20)] }));
    }

    [Fact]
    public void Coils_merge_by_bits()
    {
        PointSpan[] points = [new(0, FunctionCode.ReadCoils, 5, 1, 1_000_000), new(1, FunctionCode.ReadCoils, 13, 1, 1_000_000), new(2, FunctionCode.ReadDiscreteInputs, 5, 1, 1_000_000)];
        var blocks = BlockPlanner.Plan(points, BlockLimits.Default);
        Assert.Equal(["coils 5-13", "discrete input 5"], blocks.Select(b => b.ToString()));
        Assert.Equal([new BlockItem(0, 0, 1), new BlockItem(1, 8, 1)], blocks[0].Items);
        Assert.True(blocks[0].TrySplit(out _, out var right));
        Assert.Equal(13, right.Request.Address);
        Assert.Equal(3, BlockPlanner.Plan(points, BlockLimits.Default with { MaxBits = 8 }).Length);
    }

    [Fact]
    public void Tables_and_periods_do_not_mix()
    {
        PointSpan[] points = [Holding(0, 0, 1), Holding(1, 1, 1) with { Function = FunctionCode.ReadInputRegisters }, Holding(2, 2, 1) with { PeriodMicros = 7 }];
        Assert.Equal(3, BlockPlanner.Plan(points, BlockLimits.Default).Length);
    }

    [Fact]
    public void Points_on_the_same_registers_share_a_request()
    {
        var block = BlockPlanner.Plan([Holding(0, 10, 4), Holding(1, 11, 1), Holding(2, 10, 4)], BlockLimits.Default).Single();
        Assert.Equal(4, block.Request.Count);
        Assert.Equal([0, 0, 2], block.Items.Select(i => i.Offset));
    }

    [Fact]
    public void What_no_request_can_read_is_refused()
    {
        Assert.Throws<ArgumentException>(() => BlockPlanner.Plan([Holding(0, 65_535, 2)], BlockLimits.Default));
        Assert.Throws<ArgumentException>(() => BlockPlanner.Plan([Holding(0, 0, 2)], new BlockLimits(1, 0)));
        Assert.Throws<ArgumentException>(() => BlockPlanner.Plan([Holding(0, 0, 1) with { PeriodMicros = 0 }], BlockLimits.Default));
        Assert.Throws<ArgumentException>(() => BlockPlanner.Plan([Holding(0, 0, 1) with { Function = FunctionCode.WriteCoil }], BlockLimits.Default));
        Assert.Throws<ArgumentException>(() => BlockPlanner.Plan([], new BlockLimits(126, 0)));
        Assert.Equal(65_535, BlockPlanner.Plan([Holding(0, 65_535, 1)], BlockLimits.Default).Single().Request.Address);
    }

    private static PointSpan Holding(int key, int address, int width) => new(key, FunctionCode.ReadHoldingRegisters, address, width, 1_000_000);

    private static string Text(ReadBlock block) => $"{block} {block.PeriodMicros} {string.Join(',', block.Items.Select(i => i.Key))}";

    private static bool MayMerge(ReadOnlySpan<PointSpan> points, BlockLimits limits)
    {
        if (points[^1].End - points[0].Address > limits.MaxRegisters) return false;
        for (var i = 1; i < points.Length; i++)
        {
            var (from, to) = (points[i - 1].End, points[i].Address);
            if (to - from > limits.MaxGap || limits.Forbidden.Any(f => Enumerable.Range(from, to - from).Any(a => f.First <= a && a <= f.Last))) return false;
        }
        return true;
    }

    private static void CheckBlock(ReadBlock block, PointSpan[] points, BlockLimits limits)
    {
        var bits = block.Request.Function.IsBits();
        var size = bits ? 1 : 2;
        Assert.Equal(PduFault.None, block.Request.Check());
        Assert.True(block.Request.Count <= (bits ? limits.MaxBits : limits.MaxRegisters));
        Assert.Equal(PduFault.None, ReadRequest.Read(block.Pdu, out var request));
        Assert.Equal(block.Request, request);
        var wanted = new bool[block.Request.Count];
        foreach (var item in block.Items)
        {
            var point = points[item.Key];
            Assert.Equal((point.Function, point.PeriodMicros, point.Width), (block.Request.Function, block.PeriodMicros, item.Width));
            Assert.Equal(point.Address, block.Request.Address + item.Offset / size);
            // Whole: no request begins or ends within a value.
            Assert.True(item.Offset / size + item.Width <= block.Request.Count);
            wanted.AsSpan(item.Offset / size, item.Width).Fill(true);
        }
        var gap = 0;
        var most = Math.Max(0, limits.MaxGap) * (bits ? 16 : 1);
        foreach (var w in wanted) Assert.True((gap = w ? 0 : gap + 1) <= most);
        Assert.True(wanted[^1]);
        for (var i = 0; i < wanted.Length; i++) Assert.True(wanted[i] || !limits.Forbidden.Any(f => f.First <= block.Request.Address + i && block.Request.Address + i <= f.Last));
    }
}
