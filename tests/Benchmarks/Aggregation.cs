using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using EdgeGateway.Metering.Kernels;

namespace EdgeGateway.Benchmarks;

/// <summary>
/// Ten million samples of one second, in windows of a quarter of an hour: the history kernels beside a naive loop over spans, LINQ, and the bare reading of the column. Figures are millions of
/// samples a second, so that a ratio above 1 is ours.
/// </summary>
public static class Aggregation
{
    private const int Samples = 10_000_000, Few = 1_000_000, WindowSeconds = 900;
    private const long Length = WindowSeconds * 1_000_000L, MaxGap = 3_000_000;

    public static IEnumerable<string> Run()
    {
        var (times, values, counts) = (new long[Samples], new double[Samples], new long[Samples]);
        for (var i = 0; i < Samples; i++) (times[i], values[i], counts[i]) = (i * 1_000_000L, 40 + (i % 97 * 0.25), i * 3L);
        var windows = (Samples + WindowSeconds - 1) / WindowSeconds;
        var (basic, naiveBasic, full, naiveFull) = (new BasicSummary[windows], new BasicSummary[windows], new FullSummary[windows], new FullSummary[windows]);

        void Basic() => HistoryWindows.Basic(times, values, 0, Length, basic);
        void Full() => HistoryWindows.Full(times, values, counts, 0, Length, MaxGap, Joining.Line, full);
        void Plain() => NaiveBasic(times, values, naiveBasic);

        yield return Pair("aggregation.basic", Samples, Basic, "naive", Samples, Plain);
        yield return Pair("aggregation.basic", Samples, Basic, "LINQ", Few, () => Linq(times, values, Few));
        yield return Pair("aggregation.basic", Samples, Basic, "memory read", Samples, () => Read(values));
        yield return Pair("aggregation.full", Samples, Full, "naive", Samples, () => NaiveFull(times, values, counts, naiveFull));
        yield return Pair("aggregation.full", Samples, Full, "memory read", Samples, () => Read(values));
        yield return Figure.Line("aggregation.bytes", Math.Min(Figure.BytesEach(Samples, () => { Basic(); Full(); }), Figure.BytesEach(Samples, () => { Basic(); Full(); })), "B/sample");
        for (var k = 0; k < windows - 1; k++)
        {
            if (basic[k] != naiveBasic[k] || full[k].Steps != naiveFull[k].Steps || Math.Abs(full[k].Integral - naiveFull[k].Integral) > 1e-6) throw new InvalidOperationException($"Window {k} differs from the naive loop.");
        }
    }

    private static string Pair(string name, int ours, Action run, string peer, int theirs, Action other) =>
        InterleavedPairs.Measure(() => MillionsASecond(ours, run), () => MillionsASecond(theirs, other)).Line(name, "M samples/s", peer);

    private static double MillionsASecond(int samples, Action work) => 1_000 / Figure.NanosecondsEach(samples, work);

    private static void NaiveBasic(ReadOnlySpan<long> times, ReadOnlySpan<double> values, BasicSummary[] windows)
    {
        var (k, sum, min, max, count) = (0, 0.0, double.PositiveInfinity, double.NegativeInfinity, 0L);
        for (var i = 0; i < values.Length; i++)
        {
            while (times[i] >= (k + 1) * Length)
            {
                windows[k++] = new BasicSummary(sum, min, max, count);
                (sum, min, max, count) = (0, double.PositiveInfinity, double.NegativeInfinity, 0);
            }
            sum += values[i];
            if (values[i] < min) min = values[i];
            if (values[i] > max) max = values[i];
            count++;
        }
    }

    private static void NaiveFull(ReadOnlySpan<long> times, ReadOnlySpan<double> values, ReadOnlySpan<long> counts, FullSummary[] windows)
    {
        var (k, sum, min, max, count, integral, covered, steps) = (0, 0.0, double.PositiveInfinity, double.NegativeInfinity, 0L, 0.0, 0L, 0L);
        for (var i = 0; i < values.Length; i++)
        {
            // The samples stand on the edges: a pair across one belongs to the window before it, the counter's step to the one behind.
            if (i > 0 && times[i] - times[i - 1] <= MaxGap)
            {
                integral += (values[i] + values[i - 1]) * (times[i] - times[i - 1]) * 0.5e-6;
                covered += times[i] - times[i - 1];
            }
            while (times[i] >= (k + 1) * Length)
            {
                windows[k++] = new FullSummary(new BasicSummary(sum, min, max, count), integral, covered, steps, 0);
                (sum, min, max, count, integral, covered, steps) = (0, double.PositiveInfinity, double.NegativeInfinity, 0, 0, 0, 0);
            }
            if (i > 0) steps += counts[i] - counts[i - 1];
            sum += values[i];
            if (values[i] < min) min = values[i];
            if (values[i] > max) max = values[i];
            count++;
        }
    }

    private static void Linq(long[] times, double[] values, int count)
    {
        var groups = Enumerable.Range(0, count).GroupBy(i => times[i] / Length).Select(g => (g.Key, Sum: g.Sum(i => values[i]), Min: g.Min(i => values[i]), Max: g.Max(i => values[i]), Count: g.Count()));
        if (groups.Sum(g => g.Count) != count) throw new InvalidOperationException("Samples are missing.");
    }

    /// <summary>The limit: every value is read once, and only that it is not dropped is made sure of.</summary>
    private static void Read(ReadOnlySpan<double> values)
    {
        var bits = MemoryMarshal.Cast<double, long>(values);
        var (a, b, c, d) = (Vector256<long>.Zero, Vector256<long>.Zero, Vector256<long>.Zero, Vector256<long>.Zero);
        for (var i = 0; i + 16 <= bits.Length; i += 16)
        {
            a |= Vector256.Create(bits[i..]);
            b |= Vector256.Create(bits[(i + 4)..]);
            c |= Vector256.Create(bits[(i + 8)..]);
            d |= Vector256.Create(bits[(i + 12)..]);
        }
        if ((a | b | c | d) == Vector256<long>.Zero) throw new InvalidOperationException("The column is empty.");
    }
}
