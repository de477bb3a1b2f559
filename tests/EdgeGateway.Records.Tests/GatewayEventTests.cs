using System.Buffers;
using CsCheck;
using EdgeGateway.Records.Events;

namespace EdgeGateway.Records.Tests;

public sealed class GatewayEventTests
{
    private static readonly Gen<GatewayEvent> Events = Gen.Select(Gen.Enum<EventKind>(), Any.Long, Any.Text, Gen.Select(Any.Text, Any.Text).Array[0, 4]).Select((kind, at, subject, details) =>
        new GatewayEvent(kind, at, subject, [.. details.Select(d => new KeyValuePair<string, string>(d.Item1, d.Item2))]));

    [Fact]
    public void Decoded_is_what_was_encoded() => Events.Sample(happening =>
    {
        var body = Encode(happening);
        Same(happening, GatewayEvent.Decode(happening.Kind, happening.At, body));
        for (var length = 0; length < body.Length; length++) Assert.Null(GatewayEvent.Decode(happening.Kind, happening.At, body.AsSpan(0, length)));
        Assert.Null(GatewayEvent.Decode(happening.Kind, happening.At, [.. body, 0]));
        body[0]++;
        Assert.Null(GatewayEvent.Decode(happening.Kind, happening.At, body));
    }, iter: 300);

    [Fact]
    public void Random_bytes_never_throw() => Gen.Byte.Array[0, 60].Sample(bytes =>
    {
        if (GatewayEvent.Decode(EventKind.Gap, 0, bytes) is { } happening) Assert.True(happening.Details.Count <= bytes.Length / 2);
    }, iter: 20_000);

    internal static byte[] Encode(GatewayEvent happening)
    {
        var output = new ArrayBufferWriter<byte>();
        happening.EncodeBody(output);
        return output.WrittenSpan.ToArray();
    }

    internal static void Same(GatewayEvent expected, GatewayEvent? read)
    {
        Assert.NotNull(read);
        Assert.Equal((expected.Kind, expected.At, expected.Subject), (read.Kind, read.At, read.Subject));
        Assert.Equal(expected.Details, read.Details);
    }
}
