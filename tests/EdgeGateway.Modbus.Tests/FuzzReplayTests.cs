using CsCheck;

namespace EdgeGateway.Modbus.Tests;

/// <summary>Replays every corpus, crashes that were found included, and what grows out of it by a few random changes.</summary>
public sealed class FuzzReplayTests
{
    // A longer campaign sets CsCheck_Iter or CsCheck_Time (seconds for each target).
    private static readonly long Changes = Environment.GetEnvironmentVariable("CsCheck_Iter") is null && Environment.GetEnvironmentVariable("CsCheck_Time") is null ? 500 : -1;

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Keys];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_file_of_the_corpus_passes(string target)
    {
        var files = Corpus(target);
        Assert.NotEmpty(files);
        foreach (var file in files) FuzzTargets.All[target]([.. file]);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void What_is_changed_at_random_passes(string target)
    {
        var files = Corpus(target);
        Gen.Select(Gen.Int[0, files.Length - 1], Gen.Select(Gen.Int[0, 4000], Gen.Byte).Array[0, 4], Gen.Int[-3, 3]).Sample((at, changes, longer) =>
        {
            byte[] bytes = longer < 0 ? files[at][..Math.Max(0, files[at].Length + longer)] : [.. files[at], .. new byte[longer]];
            foreach (var (place, value) in changes)
            {
                if (bytes.Length > 0) bytes[place % bytes.Length] = value;
            }
            FuzzTargets.All[target](bytes);
        }, iter: Changes);
    }

    private static byte[][] Corpus(string target) => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Corpus", target)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
}
