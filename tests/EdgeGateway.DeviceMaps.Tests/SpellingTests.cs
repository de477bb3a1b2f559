using CsCheck;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Tests;

public sealed class SpellingTests
{
    private static readonly Gen<string> Words = Gen.Char["abcAB_"].Array[0, 6].Select(c => new string(c));

    [Theory]
    [InlineData("pol", "poll")]
    [InlineData("polll", "poll")]
    [InlineData("oplL", "poll")]
    [InlineData("maxgap", "max_gap")]
    [InlineData("x", null)]
    [InlineData("rated", null)]
    [InlineData("", null)]
    public void Finds_the_word_that_was_meant(string written, string? meant) => Assert.Equal(meant, Spelling.Nearest(written, ["poll", "max_gap", "rated_power"]));

    [Fact]
    public void Distance_equals_the_plain_recursion() => Gen.Select(Words, Words).Sample((a, b) => Assert.Equal(Naive(a.ToLowerInvariant(), b.ToLowerInvariant()), Spelling.Distance(a, b)), iter: 3_000);

    [Fact]
    public void Distance_is_even_handed_and_zero_for_the_same() => Gen.Select(Words, Words).Sample((a, b) =>
    {
        Assert.Equal(Spelling.Distance(a, b), Spelling.Distance(b, a));
        Assert.Equal(0, Spelling.Distance(a, a.ToUpperInvariant()));
        for (var limit = 1; limit < 8; limit++) Assert.Equal(Math.Min(limit, Spelling.Distance(a, b)), Spelling.Distance(a, b, limit));
        Assert.InRange(Spelling.Distance(a, b), Math.Abs(a.Length - b.Length), Math.Max(a.Length, b.Length));
    }, iter: 3_000);

    [Fact]
    public void The_nearest_is_one_of_the_words_and_near() => Gen.Select(Words, Words.Array[0, 5]).Sample((written, words) =>
    {
        if (Spelling.Nearest(written, words) is not { } near)
        {
            Assert.DoesNotContain(written, words);
            return;
        }
        Assert.Contains(near, words);
        Assert.Equal(words.Min(w => Spelling.Distance(written, w)), Spelling.Distance(written, near));
    }, iter: 3_000);

    [Fact]
    public void Long_words_are_not_compared()
    {
        Assert.Null(Spelling.Nearest(new string('a', 100_000), [new string('a', 99_999)]));
    }

    private static int Naive(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return a.Length + b.Length;
        var least = Math.Min(Math.Min(Naive(a[..^1], b) + 1, Naive(a, b[..^1]) + 1), Naive(a[..^1], b[..^1]) + (a[^1] == b[^1] ? 0 : 1));
        return a.Length > 1 && b.Length > 1 && a[^1] == b[^2] && a[^2] == b[^1] ? Math.Min(least, Naive(a[..^2], b[..^2]) + 1) : least;
    }
}
