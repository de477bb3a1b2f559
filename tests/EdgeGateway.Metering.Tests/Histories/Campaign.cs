using System.Globalization;

namespace EdgeGateway.Metering.Tests.Histories;

/// <summary>
/// A long run of histories that can be broken off and goes on where it was: each hundred numbers, of which each means a seed (<see cref="History.Mixed"/>), is a line of a file, a faulty seed another one, with the shortest part of its past that is faulty.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class Campaign(string path)
{
    private const int Each = 100;

    /// <summary>Runs up to a seed, and returns faulty seeds with what is wrong, those of earlier runs too.</summary>
    public IReadOnlyList<string> Run(int until)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        var next = lines.Where(l => l.StartsWith("seeds ", StringComparison.Ordinal)).Select(l => int.Parse(l.Split(' ')[2], CultureInfo.InvariantCulture) + 1).DefaultIfEmpty(0).Max();
        for (; next < until; next += Each)
        {
            var (bounds, exact, faulty) = (0, 0, new List<string>());
            for (var number = next; number < next + Each; number++)
            {
                var seed = History.Mixed(number);
                var verdict = new Verdict(new History(seed));
                if (verdict.Faults() is [var first, ..]) faulty.Add(string.Create(CultureInfo.InvariantCulture, $"faulty {seed} within {Shortest(seed) / 1_000_000} s: {first}"));
                (bounds, exact) = (bounds + verdict.Bounded, exact + verdict.Exact);
            }
            File.AppendAllLines(path, [.. faulty, string.Create(CultureInfo.InvariantCulture, $"seeds {next} {next + Each - 1} bounds {bounds} exact {exact} faulty {faulty.Count}")]);
        }
        return [.. File.ReadAllLines(path).Where(l => l.StartsWith("faulty ", StringComparison.Ordinal))];
    }

    /// <summary>The shortest beginning of a faulty past that is faulty, to a second.</summary>
    private static long Shortest(int seed)
    {
        var (low, high) = (0L, new History(seed).Length);
        while (high - low > 1_000_000)
        {
            var middle = (low + high) / 2;
            if (new Verdict(new History(seed, middle)).Faults().Count > 0) high = middle;
            else low = middle;
        }
        return high;
    }
}
