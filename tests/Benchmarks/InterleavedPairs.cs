using System.Globalization;

namespace EdgeGateway.Benchmarks;

/// <summary>
/// Two ways of doing the same work, measured in turn within one process: a shared machine that slows down slows both, so the ratio of a pair holds where absolute figures move.
/// Every other pair runs in the opposite order.
/// </summary>
/// <param name="Ours">Median of our figures.</param>
/// <param name="Peer">Median of the peer's figures.</param>
/// <param name="Ratio">Median of ours ÷ peer over the pairs.</param>
/// <param name="Low">Lower quartile of the ratios.</param>
/// <param name="High">Upper quartile of the ratios.</param>
public sealed record InterleavedPairs(double Ours, double Peer, double Ratio, double Low, double High)
{
    public const int DefaultPairs = 11, DefaultWarmUps = 3;

    /// <summary>Calls both sides in turn. Each call does a whole run of at least some milliseconds and returns its figure, such as nanoseconds a sample (see <see cref="Figure.NanosecondsEach"/>).</summary>
    public static InterleavedPairs Measure(Func<double> ours, Func<double> peer, int pairs = DefaultPairs, int warmUps = DefaultWarmUps)
    {
        for (var i = 0; i < warmUps; i++)
        {
            ours();
            peer();
        }
        var runs = new (double Ours, double Peer)[pairs];
        for (var i = 0; i < pairs; i++)
        {
            if (i % 2 == 0)
            {
                runs[i].Ours = ours();
                runs[i].Peer = peer();
            }
            else
            {
                runs[i].Peer = peer();
                runs[i].Ours = ours();
            }
        }
        return Of(runs);
    }

    /// <summary>The same for sides that wait for sockets, files or peers.</summary>
    public static async Task<InterleavedPairs> MeasureAsync(Func<Task<double>> ours, Func<Task<double>> peer, int pairs = DefaultPairs, int warmUps = 1)
    {
        for (var i = 0; i < warmUps; i++)
        {
            await ours();
            await peer();
        }
        var runs = new (double Ours, double Peer)[pairs];
        for (var i = 0; i < pairs; i++)
        {
            if (i % 2 == 0)
            {
                runs[i].Ours = await ours();
                runs[i].Peer = await peer();
            }
            else
            {
                runs[i].Peer = await peer();
                runs[i].Ours = await ours();
            }
        }
        return Of(runs);
    }

    /// <summary>The medians of measured pairs.</summary>
    public static InterleavedPairs Of(IReadOnlyCollection<(double Ours, double Peer)> runs)
    {
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count);
        var ratios = runs.Select(r => r.Ours / r.Peer).ToArray();
        return new InterleavedPairs(
            Quantile(runs.Select(r => r.Ours), 0.5), Quantile(runs.Select(r => r.Peer), 0.5), Quantile(ratios, 0.5), Quantile(ratios, 0.25), Quantile(ratios, 0.75));
    }

    /// <summary><c>name value unit | peer value | ratio (low…high)</c>.</summary>
    public string Line(string name, string unit, string peer) =>
        string.Create(CultureInfo.InvariantCulture, $"{Figure.Line(name, Ours, unit)} | {peer} {Figure.Digits(Peer)} | {Ratio:0.000} ({Low:0.000}…{High:0.000})");

    private static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        var at = share * (sorted.Length - 1);
        var (below, above) = (sorted[(int)Math.Floor(at)], sorted[(int)Math.Ceiling(at)]);
        return below + ((above - below) * (at - Math.Floor(at)));
    }
}
