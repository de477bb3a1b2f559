using CsCheck;
using EdgeGateway.OpcUa.Chunks;
using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.OpcUa.Tests.Chunks;

public sealed class ScannerTests
{
    private static byte[] Chunk(string type, int size, byte fill = 7)
    {
        var bytes = new byte[size];
        bytes.AsSpan().Fill(fill);
        System.Text.Encoding.ASCII.GetBytes(type, bytes);
        BitConverter.TryWriteBytes(bytes.AsSpan(4), size);
        return bytes;
    }

    private static List<byte[]> Scan(ChunkScanner scanner, ReadOnlySpan<byte> data)
    {
        var found = new List<byte[]>();
        while (true)
        {
            var status = scanner.Scan(ref data, out _, out var chunk);
            if (status == ScanStatus.NeedMore) return found;
            Assert.Equal(ScanStatus.Chunk, status);
            found.Add(chunk.ToArray());
        }
    }

    [Fact]
    public void Chunks_are_found_at_every_split()
    {
        byte[][] chunks = [Chunk("ACKF", 28), Chunk("MSGC", 24), Chunk("MSGF", 64), Chunk("ERRF", 8)];
        var all = chunks.SelectMany(c => c).ToArray();
        for (var cut = 0; cut <= all.Length; cut++)
        {
            var scanner = new ChunkScanner(64);
            var found = Scan(scanner, all.AsSpan(0, cut));
            found.AddRange(Scan(scanner, all.AsSpan(cut)));
            Assert.Equal(chunks, found);
        }
        var bytewise = new ChunkScanner(64);
        Assert.Equal(chunks, all.SelectMany(b => Scan(bytewise, [b])));
    }

    [Fact]
    public void Any_splits_find_the_same_chunks() => Gen.Select(Gen.Int[8, 200].Array[1, 10], Gen.Int[1, 40].Array[1, 50]).Sample((sizes, cuts) =>
    {
        var chunks = sizes.Select(s => Chunk("MSGF", s, (byte)s)).ToArray();
        var all = chunks.SelectMany(c => c).ToArray();
        var scanner = new ChunkScanner(200);
        var found = new List<byte[]>();
        for (int at = 0, k = 0; at < all.Length; k++)
        {
            var n = Math.Min(cuts[k % cuts.Length], all.Length - at);
            found.AddRange(Scan(scanner, all.AsSpan(at, n)));
            at += n;
        }
        Assert.Equal(chunks, found);
    }, iter: 200);

    [Theory]
    [InlineData("MSGF", 65, ScanStatus.BadSize)]
    [InlineData("MSGF", -1, ScanStatus.BadSize)]
    [InlineData("MSGF", 7, ScanStatus.BadSize)]
    [InlineData("MSGF", 0, ScanStatus.BadSize)]
    [InlineData("MSGX", 20, ScanStatus.BadHeader)]
    [InlineData("OPNC", 20, ScanStatus.BadHeader)]
    [InlineData("OPNA", 20, ScanStatus.BadHeader)]
    [InlineData("HTTP", 20, ScanStatus.BadHeader)]
    public void A_false_claim_is_refused_by_its_header_alone(string type, int size, ScanStatus expected)
    {
        var header = new byte[8];
        System.Text.Encoding.ASCII.GetBytes(type, header);
        BitConverter.TryWriteBytes(header.AsSpan(4), size);
        ReadOnlySpan<byte> data = header;
        Assert.Equal(expected, new ChunkScanner(64).Scan(ref data, out _, out _));
    }

    [Fact]
    public void A_message_stays_within_bytes_and_chunks()
    {
        using var assembler = new MessageAssembler(100, 3);
        Assert.True(assembler.TryAdd(1, false, new byte[40], out _));
        Assert.True(assembler.TryAdd(1, false, new byte[40], out _));
        Assert.False(assembler.TryAdd(1, false, new byte[40], out _));
        using var counted = new MessageAssembler(100, 3);
        for (var i = 0; i < 3; i++) Assert.True(counted.TryAdd(1, false, new byte[1], out _));
        Assert.False(counted.TryAdd(1, true, new byte[1], out _));
        using var single = new MessageAssembler(100, 3);
        Assert.False(single.TryAdd(1, true, new byte[101], out _));
    }

    [Fact]
    public void Unfinished_messages_share_one_limit_and_few_places()
    {
        using var assembler = new MessageAssembler(100, 10);
        Assert.True(assembler.TryAdd(1, false, new byte[60], out _));
        Assert.False(assembler.TryAdd(2, false, new byte[60], out _));
        using var many = new MessageAssembler(100_000, 10);
        for (uint i = 0; i < 16; i++) Assert.True(many.TryAdd(i, false, new byte[1], out _));
        Assert.False(many.TryAdd(99, false, new byte[1], out _));
    }

    [Fact]
    public void Interleaved_messages_are_put_together_and_dropped_ones_free_their_bytes()
    {
        using var assembler = new MessageAssembler(1000, 10);
        assembler.TryAdd(1, false, [1, 2], out _);
        assembler.TryAdd(2, false, [9], out _);
        assembler.TryAdd(3, false, [5, 5, 5], out _);
        assembler.Drop(3);
        Assert.Equal(3, assembler.Held);
        Assert.True(assembler.TryAdd(2, true, [8], out var second));
        Assert.Equal([9, 8], second.ToArray());
        Assert.True(assembler.TryAdd(1, true, [3], out var first));
        Assert.Equal([1, 2, 3], first.ToArray());
        Assert.Equal(0, assembler.Held);
    }

    [Fact]
    public void Sequence_numbers_ascend_by_one_and_wrap_late()
    {
        var receiver = new SequenceReceiver();
        Assert.True(receiver.Accept(500));
        Assert.True(receiver.Accept(501));
        Assert.False(receiver.Accept(501));
        Assert.False(receiver.Accept(503));
        Assert.False(receiver.Accept(1));
        var late = new SequenceReceiver();
        Assert.True(late.Accept(4_294_966_271));
        Assert.False(late.Accept(5));
        Assert.True(late.Accept(4_294_966_272));
        Assert.False(late.Accept(1024));
        Assert.True(late.Accept(1023));
        var sender = new SequenceSender(4_294_966_270);
        Assert.Equal([4_294_966_271u, 4_294_966_272u, 1u, 2u], [sender.Next(), sender.Next(), sender.Next(), sender.Next()]);
    }

    [Fact]
    public void An_error_chunk_of_any_bytes_gives_a_bad_code() => Gen.Byte.Array[0, 60].Sample(tail =>
    {
        var (code, reason) = TransportMessages.ReadError([.. "ERRF"u8, 0, 0, 0, 0, .. tail]);
        return code.IsBad && (reason?.Length ?? 0) <= 512;
    });

    [Fact]
    public void Hello_is_as_the_standard_says()
    {
        var w = new UaWriter();
        TransportMessages.WriteHello(w, new TransportLimits(65536, 65536, 0, 0), "opc.tcp://a");
        Assert.Equal("48454C462B000000000000000000010000000100000000000000000" + "00B0000006F70632E7463703A2F2F61", Convert.ToHexString(w.Written));
    }
}
