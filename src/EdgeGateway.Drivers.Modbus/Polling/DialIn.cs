using System.Net;
using EdgeGateway.Drivers.Modbus.Options;

namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>A line that the device makes.</summary>
/// <param name="Place">Where it dials.</param>
/// <param name="Registration">First bytes it sends; empty where whoever dials in is taken.</param>
/// <param name="Patience">How long it may take to send them.</param>
internal sealed record DialIn(IPEndPoint Place, byte[] Registration, TimeSpan Patience)
{
    /// <summary>For messages: <c>a device that dials 127.0.0.1:9000 as 'DTU-1'</c>.</summary>
    public override string ToString() => Registration.Length == 0 ? $"a device that dials {Place}" : $"a device that dials {Place} as '{PacketText.Show(Registration)}'";
}
