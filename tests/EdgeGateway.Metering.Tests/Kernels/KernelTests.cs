using CsCheck;
using EdgeGateway.Metering.Kernels;

namespace EdgeGateway.Metering.Tests.Kernels;

/// <summary>Every kernel against a reference of ten lines, over columns of any length, with values that are no numbers, gaps and counters that fall.</summary>
public sealed class KernelTests
{
    private static readonly Gen<double> Value = Gen.Frequency((20, Gen.Int[-1_000_000, 1_000_000].Select(i => (double)i)), (1, Gen.Const(double.NaN)), (1, Gen.Const(-0.0)));
    private static readonly Gen<(long[] Times, double[] Values, long[] Counts)> Columns =
        Gen.Select(Gen.Select(Gen.Frequency((10, Gen.Long[0, 2_000_000]), (1, Gen.Long[0, 100_000_000])), Value, Gen.Long[-5, 50]).Array[0, 150], Gen.Long[0, 3_000_000]).Select((rows, origin) =>
        {
            var (times, counts, time, count) = (new long[rows.Length], new long[rows.Length], origin, 1_000L);
            for (var i = 0; i < rows.Length; i++) (times[i], counts[i]) = (time += rows[i].Item1, count += rows[i].Item3);
            return (times, rows.Select(r => r.Item2).ToArray(), counts);
        });

    [Fact]
    public void Basic_equals_a_plain_loop() => Value.Array[0, 200].Sample(values =>
    {
        var numbers = values.Where(v => !double.IsNaN(v)).ToArray();
        // Sums of whole numbers are exact in any order.
        var expected = numbers.Length == 0 ? BasicSummary.None : new BasicSummary(numbers.Sum(), numbers.Min(), numbers.Max(), numbers.Length);
        Assert.Equal(expected, BasicKernel.Of(values));
    }, iter: 5_000);

    [Fact]
    public void Basic_of_fractions_is_within_rounding() => Gen.Double[-1e9, 1e9].Array[1, 300].Sample(values =>
        Assert.InRange(BasicKernel.Of(values).Sum - values.Sum(), -1e-12 * values.Sum(Math.Abs), 1e-12 * values.Sum(Math.Abs)), iter: 2_000);

    [Fact]
    public void Steps_equal_a_plain_loop() => Columns.Sample(c =>
    {
        var (steps, falls) = (0L, 0L);
        for (var i = 1; i < c.Counts.Length; i++)
        {
            steps += Math.Max(0, c.Counts[i] - c.Counts[i - 1]);
            falls += c.Counts[i] < c.Counts[i - 1] ? 1 : 0;
        }
        Assert.Equal((steps, falls), StepKernel.Of(c.Counts));
    }, iter: 5_000);

    [Fact]
    public void Full_equals_a_plain_loop() => Gen.Select(Columns, Gen.Long[0, 3_000_000], Gen.Enum<Joining>()).Sample((c, gap, joining) =>
    {
        var (integral, covered, size) = (0.0, 0L, 1.0);
        for (var i = 1; i < c.Times.Length; i++)
        {
            var (span, from, to) = (c.Times[i] - c.Times[i - 1], c.Values[i - 1], c.Values[i]);
            if (span > gap || double.IsNaN(from) || double.IsNaN(to)) continue;
            integral += (joining == Joining.Hold ? from : (from + to) / 2) * span * 1e-6;
            size += (Math.Abs(from) + Math.Abs(to)) * span * 1e-6;
            covered += span;
        }
        var full = FullKernel.Of(c.Times, c.Values, c.Counts, gap, joining);
        Assert.Equal((BasicKernel.Of(c.Values), covered), (full.Basic, full.CoveredMicros));
        Assert.Equal(StepKernel.Of(c.Counts), (full.Steps, full.Falls));
        Assert.InRange(full.Integral, integral - (1e-12 * size), integral + (1e-12 * size));
    }, iter: 5_000);

    [Fact]
    public void The_search_finds_what_a_walk_finds() => Gen.Select(Columns, Gen.Long[0, 300_000_000]).Sample((c, at) =>
    {
        var walk = c.Times.TakeWhile(t => t < at).Count();
        for (var from = 0; from <= walk; from++) Assert.Equal(walk, WindowSearch.First(c.Times, at, from));
    }, iter: 2_000);

    [Fact]
    public void Windows_cut_pairs_at_their_edges_and_sum_to_the_whole() => Gen.Select(Columns, Gen.Long[500_000, 20_000_000], Gen.Enum<Joining>()).Sample((c, length, joining) =>
    {
        if (c.Times.Length == 0) return;
        const long gap = 2_500_000;
        var start = c.Times[0] - (c.Times[0] % length);
        var windows = (int)(((c.Times[^1] - start) / length) + 1);
        var (basic, full) = (new BasicSummary[windows], new FullSummary[windows]);
        HistoryWindows.Basic(c.Times, c.Values, start, length, basic);
        HistoryWindows.Full(c.Times, c.Values, c.Counts, start, length, gap, joining, full);
        var whole = FullKernel.Of(c.Times, c.Values, c.Counts, gap, joining);
        var size = 1e-9 * (1 + c.Values.Where(v => !double.IsNaN(v)).Sum(Math.Abs) * 3);
        Assert.Equal((whole.CoveredMicros, whole.Steps, whole.Falls), (full.Sum(f => f.CoveredMicros), full.Sum(f => f.Steps), full.Sum(f => f.Falls)));
        Assert.InRange(full.Sum(f => f.Integral) - whole.Integral, -size, size);
        for (var k = 0; k < windows; k++)
        {
            var (from, to) = (start + (k * length), start + ((k + 1) * length));
            Assert.Equal(BasicKernel.Of([.. c.Values.Where((_, i) => c.Times[i] >= from && c.Times[i] < to)]), basic[k]);
            Assert.Equal(basic[k], full[k].Basic);
            Assert.InRange(full[k].CoveredMicros, 0, length);
        }
    }, iter: 3_000);

    [Fact]
    public void Kernels_allocate_nothing()
    {
        const int count = 10_000;
        var (times, values, counts) = (new long[count], new double[count], new long[count]);
        for (var i = 0; i < count; i++) (times[i], values[i], counts[i]) = (i * 1_000_000L, i % 97, i);
        var (basic, full) = (new BasicSummary[40], new FullSummary[40]);
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            HistoryWindows.Basic(times, values, 0, 250_000_000, basic);
            HistoryWindows.Full(times, values, counts, 0, 250_000_000, 3_000_000, Joining.Line, full);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
        Assert.Equal((250, 250_000_000L, 250L), (full[1].Basic.Count, full[1].CoveredMicros, full[1].Steps));
    }

    [Fact]
    public void Columns_of_unlike_length_are_refused()
    {
        Assert.Throws<ArgumentException>(() => FullKernel.Of([1, 2], [1], [], 1, Joining.Line));
        Assert.Throws<ArgumentException>(() => FullKernel.Of([1, 2], [1, 2], [1], 1, Joining.Line));
        Assert.Throws<ArgumentOutOfRangeException>(() => FullKernel.Of([1], [1], [], -1, Joining.Line));
    }
}
