namespace EdgeGateway.Benchmarks;

/// <summary>A benchmark by name: yields lines as they come.</summary>
/// <param name="Name">What <c>bench.sh</c> is given.</param>
/// <param name="About">One sentence.</param>
/// <param name="Run">Does the work.</param>
internal sealed record Benchmark(string Name, string About, Func<CancellationToken, IAsyncEnumerable<string>> Run)
{
    public Benchmark(string name, string about, Func<IEnumerable<string>> run)
        : this(name, about, _ => run().ToAsyncEnumerable())
    {
    }
}
