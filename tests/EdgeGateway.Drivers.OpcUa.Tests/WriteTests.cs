using EdgeGateway.Drivers.OpcUa.Tests.Peers;
using EdgeGateway.Drivers.OpcUa.Writing;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Writing;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Drivers.OpcUa.Tests;

/// <summary>Writing to a real server: in the node's type, read back, and refused in words.</summary>
public sealed class WriteTests(SharedServers servers)
{
    [Fact]
    public async Task A_value_is_written_in_the_nodes_own_type_and_read_back()
    {
        await using var rig = new BusRig(servers.FirstOwn, servers.Pki).Writing();
        var scaled = rig.Add("I16", map: m => m with { Resolution = new ExactDecimal(1, -1) });
        var wide = rig.Add("F64");
        var flag = rig.Add("Bool");
        var state = rig.Add("State", PointKind.State, map: m => m with { States = m.States.Add(2, MachineState.Running).Add(1, MachineState.Idle) });
        rig.Start();
        await rig.GoodAsync(state);

        Assert.Equal((true, -12.5), await WriteAsync(rig, scaled, -12.5));
        Assert.Equal((true, 0.1), await WriteAsync(rig, wide, 0.1));
        Assert.Equal((true, 0), await WriteAsync(rig, flag, 0));
        Assert.Equal((true, 1), await WriteAsync(rig, state, 1));
        // What was written comes by the subscription as well.
        await Until.TrueAsync(() => rig.Sink.Last(scaled)!.Number == -12.5 && rig.Sink.Last(state)!.Integer == (long)MachineState.Idle, "the written values");
    }

    [Fact]
    public async Task What_a_node_cannot_take_is_refused_before_and_by_the_server()
    {
        await using var rig = new BusRig(servers.Plain, servers.Pki).Writing();
        var bytes = rig.Add("U8");
        var text = rig.Add("Text", PointKind.Text);
        var array = rig.Add("Array");
        var @fixed = rig.Add("Fixed");
        var clamp = rig.Add("Clamp");
        var absent = rig.Add("Absent");
        var nowhere = rig.Add("Nowhere", node: "nsu=urn:nowhere;s=a");
        rig.Start();
        await rig.GoodAsync(clamp);

        await RefusedAsync(rig, bytes, 256, "256 is outside Byte");
        await RefusedAsync(rig, bytes, 1.5, "no whole number of its steps");
        await RefusedAsync(rig, text, 1, "a point of kind text is not written");
        await RefusedAsync(rig, array, 1, "it has no scalar value");
        await RefusedAsync(rig, @fixed, 2, "BadNotWritable: the node cannot be written");
        await RefusedAsync(rig, absent, 2, "BadNodeIdUnknown");
        await RefusedAsync(rig, nowhere, 2, "does not know the node");
        var outcome = await rig.Bus.WriteAsync(new WriteOrder(clamp, 500), TestContext.Current.CancellationToken);
        Assert.Equal((false, 100), (outcome.Written, outcome.ReadBack));
        Assert.Contains("took 500, but reads back 100", outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_permit_nothing_is_written()
    {
        await using var rig = new BusRig(servers.Plain, servers.Pki);
        var slot = rig.Add("I32");
        rig.Start();
        await rig.GoodAsync(slot);
        await RefusedAsync(rig, slot, 5, "only reads");
        Assert.Equal(-32, rig.Sink.Last(slot)!.Number);
    }

    [Theory]
    [InlineData(BuiltInType.Boolean, 2)]
    [InlineData(BuiltInType.SByte, -129)]
    [InlineData(BuiltInType.UInt16, -1)]
    [InlineData(BuiltInType.Int32, 2147483648.0)]
    [InlineData(BuiltInType.UInt64, 1e19)]
    [InlineData(BuiltInType.Int64, 1.0e17)]
    [InlineData(BuiltInType.Float, 1e39)]
    [InlineData(BuiltInType.Double, double.NaN)]
    [InlineData(BuiltInType.DateTime, 1)]
    public void A_number_that_the_type_does_not_hold_is_refused(BuiltInType type, double number) => Assert.NotNull(NodeValue.Of(type, number, out _));

    [Fact]
    public void A_number_comes_back_from_every_type() => CsCheck.Check.Sample(CsCheck.Gen.Select(CsCheck.Gen.Int[1, 11], CsCheck.Gen.Int[-300, 70_000]), pair =>
    {
        if (NodeValue.Of((BuiltInType)pair.Item1, pair.Item2, out var value) is not null) return true;
        var w = new UaWriter();
        w.Scalar(value.Type, value.Bits);
        var r = new UaReader(w.Written);
        var variant = default(Variant);
        Variant.Read(ref r, ref variant);
        return variant.TryDouble(out var number) && number == pair.Item2 && variant.Bits == value.Bits;
    });

    private static async Task<(bool, double)> WriteAsync(BusRig rig, int slot, double value)
    {
        var outcome = await rig.Bus.WriteAsync(new WriteOrder(slot, value), TestContext.Current.CancellationToken);
        return (outcome.Written, Math.Round(outcome.ReadBack ?? double.NaN, 9));
    }

    private static async Task RefusedAsync(BusRig rig, int slot, double value, string words)
    {
        var outcome = await rig.Bus.WriteAsync(new WriteOrder(slot, value), TestContext.Current.CancellationToken);
        Assert.False(outcome.Written);
        Assert.Contains(words, outcome.Detail, StringComparison.Ordinal);
    }
}
