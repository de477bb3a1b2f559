using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Drivers.OpcUa.Options;

namespace EdgeGateway.Drivers.OpcUa.Tests;

/// <summary>The address of a server as a map says it.</summary>
public sealed class EndpointOptionTests
{
    [Theory]
    [InlineData("opc.tcp://192.168.1.20:4840", 0)]
    [InlineData("opc.tcp://plc-7", 0)]
    [InlineData("http://plc-7:4840", 1)]
    [InlineData("192.168.1.20:4840", 1)]
    public void An_endpoint_is_checked(string text, int expected)
    {
        var faults = new FaultList();
        OpcUaOptions.Endpoint.Read(new MapText(new Mark("test.yaml", 1, 1), text, true), faults);
        Assert.Equal(expected, faults.Ordered.Count);
    }
}
