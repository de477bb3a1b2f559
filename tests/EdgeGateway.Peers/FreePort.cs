using System.Net;
using System.Net.Sockets;

namespace EdgeGateway.Peers;

/// <summary>Finds a TCP port on loopback that nobody uses just now.</summary>
public static class FreePort
{
    public static int Next()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
