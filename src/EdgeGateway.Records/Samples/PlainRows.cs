using EdgeGateway.Records.Binary;

namespace EdgeGateway.Records.Samples;

/// <summary>Codec 1: count, then a row a sample: tag (which columns are not zero), quality, point id and time as differences to the row before, spread, values.</summary>
internal static class PlainRows
{
    /// <summary>Bytes of the shortest row.</summary>
    public const int LeastBytes = 4;

    private const byte HasNumber = 1, HasInteger = 2, HasText = 4, HasSpread = 8;

    public static bool TryDecode<TSink>(ReadOnlySpan<byte> body, ref TSink sink) where TSink : ISampleRowSink, allows ref struct
    {
        var r = new ByteReader(body);
        var count = r.Count(LeastBytes);
        if (count > SampleBlockCodec.MostRows) return false;
        long id = 0, time = 0;
        for (var i = 0; i < count && !r.Failed; i++)
        {
            var tag = r.Byte();
            var quality = (Quality)r.Byte();
            id += r.Signed();
            time += r.Signed();
            var spread = (tag & HasSpread) != 0 ? r.Int32() : 0;
            var number = (tag & HasNumber) != 0 ? r.Double() : 0;
            var integer = (tag & HasInteger) != 0 ? r.Signed() : 0;
            var text = (tag & HasText) != 0 ? r.Text() : null;
            if (r.Failed || id is < 0 or > int.MaxValue) return false;
            sink.Row((int)id, time, spread, number, integer, quality, text);
        }
        return r.AtEnd;
    }
}
