using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Records.Tests;

/// <summary>The bytes of each durable format as they were first written. A difference is a format change: it needs a new version, and the old file stays readable.</summary>
public sealed class GoldenTests
{
    [Fact]
    public void Window_record_version_1_stays_readable_and_names_no_sets()
    {
        var read = new WindowRecord();
        Assert.True(WindowRecordCodec.TryDecode(Golden("window-record-v1"), read));
        var expected = Samples.Record();
        (expected.Coefficients, expected.Factors, expected.Footprint) = ("", "", "");
        WindowRecordCodecTests.Same(expected, read);
    }

    [Fact]
    public void Window_record_version_2()
    {
        var golden = Golden("window-record-v2");
        Assert.Equal(Convert.ToHexString(golden), Convert.ToHexString(WindowRecordCodecTests.Encode(Samples.Record())));
        var read = new WindowRecord();
        Assert.True(WindowRecordCodec.TryDecode(golden, read));
        WindowRecordCodecTests.Same(Samples.Record(), read);
    }

    [Fact]
    public void Window_record_version_3()
    {
        var golden = Golden("window-record-v3");
        Assert.Equal(Convert.ToHexString(golden), Convert.ToHexString(WindowRecordCodecTests.Encode(Samples.RecordOfProducts())));
        var read = new WindowRecord();
        Assert.True(WindowRecordCodec.TryDecode(golden, read));
        WindowRecordCodecTests.Same(Samples.RecordOfProducts(), read);
    }

    [Fact]
    public void Sample_block_codec_2()
    {
        var golden = Golden("sample-block-codec-2");
        Assert.Equal(Convert.ToHexString(golden), Convert.ToHexString(SampleBlockCodecTests.Encode(Samples.Block(), Samples.PointIds)));
        var rows = new SampleBlockCodecTests.Rows { List = [] };
        Assert.True(SampleBlockCodec.TryDecode(SampleBlockCodec.Packed, golden, ref rows));
        Assert.Equal(SampleBlockCodecTests.Expected(Samples.Block(), Samples.PointIds), rows.List);
    }

    [Fact]
    public void Sample_block_codec_1_stays_readable()
    {
        var golden = Golden("sample-block-codec-1");
        var rows = new SampleBlockCodecTests.Rows { List = [] };
        Assert.True(SampleBlockCodec.TryDecode(SampleBlockCodec.Plain, golden, ref rows));
        Assert.Equal(SampleBlockCodecTests.Expected(Samples.Block(), Samples.PointIds), rows.List);
    }

    [Fact]
    public void Event_version_1()
    {
        var golden = Golden("event-v1");
        Assert.Equal(Convert.ToHexString(golden), Convert.ToHexString(GatewayEventTests.Encode(Samples.Event())));
        GatewayEventTests.Same(Samples.Event(), Events.GatewayEvent.Decode(Samples.Event().Kind, Samples.Event().At, golden));
    }

    private static byte[] Golden(string name) =>
        Convert.FromHexString(string.Concat(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "golden", name + ".hex")).Where(l => !l.StartsWith('#')).Select(l => l.Trim())));
}
