using System.Buffers;
using CsCheck;
using EdgeGateway.Records.Events;

namespace EdgeGateway.Records.Tests;

public sealed class OperatorWordTests
{
    private static readonly Gen<OperatorWord> AnyWord =
        from verb in Gen.String[0, 20]
        from subject in Gen.String[0, 40]
        from at in Gen.Long
        from name in Gen.String[0, 20]
        from details in Gen.Select(Gen.String[0, 10], Gen.String[0, 40]).Select((k, v) => new KeyValuePair<string, string>(k, v)).Array[0, 5]
        select new OperatorWord(verb, subject, at, name, details);

    [Fact]
    public void What_was_said_is_read_back() => AnyWord.Where(IsText).Sample(word =>
    {
        var read = OperatorWord.Decode(Encoded(word));
        Assert.NotNull(read);
        Assert.Equal((word.Verb, word.Subject, word.At, word.By), (read.Verb, read.Subject, read.At, read.By));
        Assert.Equal(word.Details, read.Details);
    });

    [Fact]
    public void A_cut_word_is_refused()
    {
        var whole = Encoded(new OperatorWord("replace", "press.energy", 1_795_478_400_000_000, "shift lead (uid 1000)", [new("old_final", "123.4"), new("new_initial", "0")]));
        for (var length = 0; length < whole.Length; length++) Assert.Null(OperatorWord.Decode(whole.AsSpan(0, length)));
        Assert.Null(OperatorWord.Decode([.. whole, 0]));
    }

    [Fact]
    public void Any_bytes_are_a_word_or_refused() => Gen.Byte.Array[0, 60].Sample(bytes => { OperatorWord.Decode(bytes); });

    private static byte[] Encoded(OperatorWord word)
    {
        var output = new ArrayBufferWriter<byte>();
        word.Encode(output);
        return output.WrittenSpan.ToArray();
    }

    // Half a surrogate pair has no UTF-8 form.
    private static bool IsText(OperatorWord word) => new[] { word.Verb, word.Subject, word.By }.Concat(word.Details.SelectMany(d => new[] { d.Key, d.Value })).All(t => !t.Any(char.IsSurrogate));
}
