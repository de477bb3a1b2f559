using CsCheck;
using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.OpcUa.Tests.Encoding;

public sealed class ValueTests
{
    [Fact]
    public void A_data_value_keeps_status_and_both_times()
    {
        var source = new DateTimeOffset(2026, 11, 24, 1, 2, 3, 456, TimeSpan.Zero);
        var micros = (source.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / 10;
        var w = new UaWriter().Byte(0x3F).Scalar(BuiltInType.Double, BitConverter.DoubleToUInt64Bits(7)).UInt32(0x4094_0480).Time(micros).UInt16(9).Time(micros + 5).UInt16(9);
        var r = new UaReader(w.Written);
        DataValue value = default;
        DataValue.Read(ref r, ref value);
        Assert.False(r.Failed);
        Assert.Equal(0, r.Remaining);
        Assert.Equal((0x4094_0480u, micros, micros + 5), (value.Status.Value, value.SourceTime, value.ServerTime));
        Assert.True(value.Status.IsUncertain && value.Status.HasOverflow);
    }

    [Fact]
    public void What_a_server_leaves_out_is_none_and_not_what_was_there_before()
    {
        var full = new UaWriter().Byte(0x0F).Scalar(BuiltInType.Int32, 5).UInt32(0x8000_0000).Time(1).Time(2);
        var r = new UaReader(full.Written);
        DataValue value = default;
        DataValue.Read(ref r, ref value);
        var empty = new UaReader([0]);
        DataValue.Read(ref empty, ref value);
        Assert.True(value.Value.IsNull && value.Status.IsGood);
        Assert.Equal((UaTime.None, UaTime.None), (value.SourceTime, value.ServerTime));
    }

    [Fact]
    public void Times_come_back() => Gen.Long[-11_644_473_599_999_999, 253_402_300_799_999_999].Sample(micros => UaTime.ToMicros(UaTime.ToTicks(micros)) == micros);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void No_time_is_no_time(long ticks) => Assert.Equal(UaTime.None, UaTime.ToMicros(ticks));

    [Fact]
    public void Node_ids_come_back()
    {
        NodeId[] ids = [new(0, 255), new(0, 256), new(255, 65535), new(256, 1), new(3, 65536), new(2, "Line1.Good"), new(2, ""), new(7, Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")), new(9, [1, 2, 3])];
        foreach (var id in ids)
        {
            var w = new UaWriter().NodeId(id).ExpandedNodeId(new ExpandedNodeId(id, "urn:a", 3));
            var r = new UaReader(w.Written);
            Assert.Equal(id, r.NodeId());
            Assert.Equal(new ExpandedNodeId(id, "urn:a", 3), r.ExpandedNodeId());
            Assert.Equal((DecodeFault.None, 0), (r.Fault, r.Remaining));
            var s = new UaReader(w.Written);
            s.SkipValue(BuiltInType.NodeId);
            s.SkipValue(BuiltInType.ExpandedNodeId);
            Assert.Equal((DecodeFault.None, 0), (s.Fault, s.Remaining));
        }
        Assert.Equal(ids.Length, ids.ToHashSet().Count);
    }

    [Theory]
    [InlineData("i=85")]
    [InlineData("nsu=urn:plant:plc;s=Line1.Good")]
    [InlineData("nsu=urn:plant%3Bodd%25;s=a;b=c")]
    [InlineData("nsu=http://a/b;i=4294967295")]
    [InlineData("nsu=urn:x;g=00112233-4455-6677-8899-aabbccddeeff")]
    [InlineData("nsu=urn:x;b=AQID")]
    public void Addresses_come_back(string text)
    {
        Assert.Null(NodeAddress.Read(text, out var address));
        Assert.Equal(text, address.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Line1.Good")]
    [InlineData("i=-1")]
    [InlineData("i=4294967296")]
    [InlineData("nsu=;i=1")]
    [InlineData("nsu=urn:x")]
    [InlineData("x=1")]
    [InlineData("g=1")]
    [InlineData("b=?")]
    public void What_is_no_address_is_refused(string text) => Assert.StartsWith("expected", NodeAddress.Read(text, out _), StringComparison.Ordinal);

    [Fact]
    public void A_namespace_by_index_is_refused_with_the_reason() => Assert.Contains("changes when the server restarts", NodeAddress.Read("ns=2;s=a", out _), StringComparison.Ordinal);

    [Fact]
    public void An_unknown_structure_is_skipped_by_its_length_and_its_bytes_are_kept()
    {
        var w = new UaWriter();
        var begin = w.BeginBody(12345);
        w.Raw([0xFF, 0xFE, 0xFD]).EndBody(begin);
        w.UInt32(77);
        var r = new UaReader(w.Written);
        ExtensionObject.Read(ref r, out var structure);
        Assert.Equal(77u, r.UInt32());
        Assert.Equal(new NodeId(0, 12345), structure.TypeId(w.Written));
        Assert.Equal([0xFF, 0xFE, 0xFD], structure.Body(w.Written).ToArray());
    }

    [Fact]
    public void A_bad_structure_does_not_lose_the_batch()
    {
        var w = new UaWriter().Int32(3);
        w.Byte(1).Scalar(BuiltInType.Double, BitConverter.DoubleToUInt64Bits(1));
        w.Byte(1).Byte((byte)BuiltInType.ExtensionObject);
        var begin = w.BeginBody(999);
        w.Raw([9, 9, 9, 9, 9]).EndBody(begin);
        w.Byte(1).Scalar(BuiltInType.Double, BitConverter.DoubleToUInt64Bits(3));
        var r = new UaReader(w.Written);
        var values = new DataValue[3];
        Assert.True(OpcUa.Services.AttributeServices.ReadValues(ref r, values));
        Assert.True(values[2].Value.TryDouble(out var third));
        Assert.Equal(3, third);
        Assert.Equal(BuiltInType.ExtensionObject, values[1].Value.Type);
    }

    [Fact]
    public void Decoding_values_allocates_nothing()
    {
        var w = new UaWriter().Int32(1000);
        for (var i = 0; i < 1000; i++) w.Byte(0x0D).Scalar(BuiltInType.Double, BitConverter.DoubleToUInt64Bits(i)).Time(i).Time(i);
        w.Int32(-1);
        var bytes = w.Written.ToArray();
        var values = new DataValue[1000];
        var sum = 0.0;
        for (var round = 0; round < 3; round++) Decode();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 10; round++) Decode();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(13 * 499_500.0, sum);

        void Decode()
        {
            var r = new UaReader(bytes);
            if (!OpcUa.Services.AttributeServices.ReadValues(ref r, values)) throw new InvalidOperationException();
            foreach (ref readonly var value in values.AsSpan())
            {
                value.Value.TryDouble(out var number);
                sum += number;
            }
        }
    }

    [Fact]
    public void A_count_other_than_asked_for_is_refused()
    {
        var r = new UaReader(new UaWriter().Int32(2).Byte(0).Byte(0).Written);
        Assert.False(OpcUa.Services.AttributeServices.ReadValues(ref r, new DataValue[3]));
    }

    [Fact]
    public void Status_codes_have_their_names()
    {
        Assert.Equal("BadNodeIdUnknown", new StatusCode(0x8034_0000).ToString());
        Assert.Equal("BadNodeIdUnknown", new StatusCode(0x8034_0480).ToString());
        Assert.Equal("Good", default(StatusCode).ToString());
        Assert.Equal("0x8FFF0000", new StatusCode(0x8FFF_0000).ToString());
    }
}
