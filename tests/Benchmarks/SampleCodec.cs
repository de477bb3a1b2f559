using System.Buffers;
using System.Buffers.Binary;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Benchmarks;

/// <summary>A block's way into the input log: encoding, beside plain rows of fixed width, which cost less time and almost three times the space.</summary>
public static class SampleCodec
{
    private const int Samples = 1000, Rounds = 200, RowBytes = 33;

    public static IEnumerable<string> Run()
    {
        var block = new SampleBlock(Samples);
        for (var i = 0; i < Samples; i++)
        {
            if (i % 2 == 0) block.TryAddInteger(i, 1_795_478_400_000_000 + i, 1_500, 4_294_960_000 + i);
            else block.TryAddGauge(i, 1_795_478_400_000_000 + i, 1_500, 48.25 + i);
        }
        var ids = Enumerable.Range(1, Samples).ToArray();
        var output = new ArrayBufferWriter<byte>(64 * 1024);

        void Encode()
        {
            for (var round = 0; round < Rounds; round++)
            {
                output.ResetWrittenCount();
                SampleBlockCodec.Encode(block, ids, output);
            }
        }

        void FixedRows()
        {
            for (var round = 0; round < Rounds; round++)
            {
                output.ResetWrittenCount();
                for (var i = 0; i < block.Count; i++)
                {
                    var row = output.GetSpan(RowBytes);
                    BinaryPrimitives.WriteInt32LittleEndian(row, ids[block.Slots[i]]);
                    BinaryPrimitives.WriteInt64LittleEndian(row[4..], block.Times[i]);
                    BinaryPrimitives.WriteInt32LittleEndian(row[12..], block.Spreads[i]);
                    BinaryPrimitives.WriteDoubleLittleEndian(row[16..], block.Numbers[i]);
                    BinaryPrimitives.WriteInt64LittleEndian(row[24..], block.Integers[i]);
                    row[32] = (byte)block.Qualities[i];
                    output.Advance(RowBytes);
                }
            }
        }

        const long Each = (long)Samples * Rounds;
        yield return InterleavedPairs.Measure(() => Figure.NanosecondsEach(Each, Encode), () => Figure.NanosecondsEach(Each, FixedRows)).Line("sample-codec.encode", "ns/sample", "fixed rows");
        Encode();
        yield return Figure.Line("sample-codec.size", output.WrittenCount / (double)Samples, "B/sample");
        yield return Figure.Line("sample-codec.allocated", Figure.BytesEach(Each, Encode), "B/sample");
    }
}
