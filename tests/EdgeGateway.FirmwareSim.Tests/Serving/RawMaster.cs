using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace EdgeGateway.FirmwareSim.Tests.Serving;

/// <summary>A blocking client on a bare socket that knows just enough Modbus to ask.</summary>
internal sealed class RawMaster : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 10_000 };

    public RawMaster(int port) => _socket.Connect(IPAddress.Loopback, port);

    public static byte[] Request(ushort transaction, byte unit, byte function, ushort first, ushort count)
    {
        var frame = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(frame, transaction);
        frame[5] = 6;
        (frame[6], frame[7]) = (unit, function);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(8), first);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(10), count);
        return frame;
    }

    public void Send(ReadOnlySpan<byte> bytes) => _socket.Send(bytes);

    /// <summary>What comes next, or an empty array at the end.</summary>
    public byte[] Some(int most = 300)
    {
        var bytes = new byte[most];
        return bytes[.._socket.Receive(bytes)];
    }

    public byte[] Exactly(int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var received = _socket.Receive(bytes.AsSpan(at));
            if (received == 0) throw new EndOfStreamException();
            at += received;
        }

        return bytes;
    }

    /// <summary>A whole frame.</summary>
    public byte[] Frame()
    {
        var head = Exactly(6);
        return [.. head, .. Exactly(BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(4)))];
    }

    public byte[] Ask(ushort transaction, byte unit, byte function, ushort first, ushort count)
    {
        Send(Request(transaction, unit, function, first, count));
        return Frame();
    }

    public bool HasBytes => _socket.Available > 0;

    public void Dispose() => _socket.Dispose();
}
