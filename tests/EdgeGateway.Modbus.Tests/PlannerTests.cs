using CsCheck;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Modbus.Planning;

namespace EdgeGateway.Modbus.Tests;

public sealed class PlannerTests
{
    private static readonly Gen<BlockLimits> Limits = Gen.Select(Gen.Int[4, 125], Gen.Int[0, 20]).Select(l => new BlockLimits(l.Item1, l.Item2));

    private static readonly Gen<PointSpan[]> Points =
        Gen.Select(Gen.Int[3, 4], Gen.OneOf(Gen.Int[0, 400], Gen.Int[65_300, 65_532]), Gen.Int[0, 2].Select(w => 1 << w), Gen.Bool.Select(fast => fast ? 1_000_000L : 5_000_000L)).Array[1, 120]
            .Select(points => points.Select((p, key) => new PointSpan(key, (FunctionCode)p.Item1, p.Item2, p.Item3, p.Item4)).ToArray());

    [Fact]
    public void Every_point_is_read_exactly_once_within_every_limit() => Gen.Select(Points, Limits).Sample((points, limits) =>
    {
        var blocks = BlockPlanner.Plan(points, limits);
        Assert.Equal(points.Select(p => p.Key), blocks.SelectMany(b => b.Items).Select(i => i.Key).Order());
        foreach (var block in blocks) CheckBlock(block, points, limits);
    }, iter: 300);

    [Fact]
    public void Halves_hold_the_same_points_until_each_stands_alone() => Gen.Select(Points, Limits).Sample((points, limits) =>
    {
        var open = new Queue<ReadBlock>(BlockPlanner.Plan(points, limits));
        var alone = new List<int>();
        while (open.TryDequeue(out var block))
        {
            // A half may lack the wide point that filled a gap, so its gaps are bounded by its length alone.
            CheckBlock(block, points, limits with { MaxGap = limits.MaxRegisters });
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
        Assert.Throws<ArgumentException>(() => BlockPlanner.Plan([Holding(0, 0, 1) with { Function = FunctionCode.ReadCoils }], BlockLimits.Default));
        Assert.Throws<ArgumentException>(() => BlockPlanner.Plan([], new BlockLimits(126, 0)));
        Assert.Equal(65_535, BlockPlanner.Plan([Holding(0, 65_535, 1)], BlockLimits.Default).Single().Request.Address);
    }

    private static PointSpan Holding(int key, int address, int width) => new(key, FunctionCode.ReadHoldingRegisters, address, width, 1_000_000);

    private static string Text(ReadBlock block) => $"{block} {block.PeriodMicros} {string.Join(',', block.Items.Select(i => i.Key))}";

    private static void CheckBlock(ReadBlock block, PointSpan[] points, BlockLimits limits)
    {
        Assert.Equal(PduFault.None, block.Request.Check());
        Assert.True(block.Request.Count <= limits.MaxRegisters);
        Assert.Equal(PduFault.None, ReadRequest.Read(block.Pdu, out var request));
        Assert.Equal(block.Request, request);
        var wanted = new bool[block.Request.Count];
        foreach (var item in block.Items)
        {
            var point = points[item.Key];
            Assert.Equal((point.Function, point.PeriodMicros, point.Width), (block.Request.Function, block.PeriodMicros, item.Width));
            Assert.Equal(point.Address, block.Request.Address + item.Offset / 2);
            Assert.True(item.Offset + 2 * item.Width <= block.Request.DataLength);
            wanted.AsSpan(item.Offset / 2, item.Width).Fill(true);
        }
        var gap = 0;
        foreach (var w in wanted) Assert.True((gap = w ? 0 : gap + 1) <= limits.MaxGap);
        Assert.True(wanted[^1]);
    }
}
