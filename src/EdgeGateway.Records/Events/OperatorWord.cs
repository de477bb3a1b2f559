using System.Buffers;
using EdgeGateway.Records.Binary;

namespace EdgeGateway.Records.Events;

/// <summary>What an operator said to a running gateway, such as that a meter was replaced: an entry of the input log, so that metering stays a function of the log, and an event for the audit.</summary>
/// <param name="Verb">What was said, such as <c>replace</c> or <c>write</c>; a word that metering does not know changes nothing but is kept.</param>
/// <param name="Subject">Path of the point, unit or connection it is about, or "" for the gateway.</param>
/// <param name="At">The time it is about, UTC microseconds; may lie in the past, and is not the time it was said.</param>
/// <param name="By">Who said it, as the control socket knows it.</param>
/// <param name="Details">Named values, as text in invariant form; may be empty.</param>
public sealed record OperatorWord(string Verb, string Subject, long At, string By, IReadOnlyList<KeyValuePair<string, string>> Details)
{
    private const byte Version = 1;

    /// <summary>The detail called <paramref name="name"/>, or null.</summary>
    public string? Detail(string name)
    {
        foreach (var (key, value) in Details)
        {
            if (key == name) return value;
        }
        return null;
    }

    /// <summary>The event that keeps it for the audit.</summary>
    /// <param name="said">When it was said, UTC microseconds.</param>
    public GatewayEvent ToEvent(long said) => new(EventKind.OperatorWord, said, Subject, [new("verb", Verb), new("by", By), new("about", Time.UtcMicros.Format(At)), .. Details]);

    /// <summary>Appends the word: the body of an entry of kind operator.</summary>
    public void Encode(IBufferWriter<byte> output)
    {
        var w = new ByteWriter(output);
        w.Byte(Version);
        w.Text(Verb);
        w.Text(Subject);
        w.Signed(At);
        w.Text(By);
        w.Unsigned((ulong)Details.Count);
        foreach (var (name, value) in Details)
        {
            w.Text(name);
            w.Text(value);
        }
    }

    /// <summary>Reads a word; null where it is damaged or of an unknown version.</summary>
    public static OperatorWord? Decode(ReadOnlySpan<byte> body)
    {
        var r = new ByteReader(body);
        if (r.Byte() != Version) return null;
        var (verb, subject, at, by) = (r.Text(), r.Text(), r.Signed(), r.Text());
        var details = new KeyValuePair<string, string>[r.Count(2)];
        for (var i = 0; i < details.Length; i++) details[i] = new(r.Text(), r.Text());
        return r.AtEnd ? new OperatorWord(verb, subject, at, by, details) : null;
    }
}
