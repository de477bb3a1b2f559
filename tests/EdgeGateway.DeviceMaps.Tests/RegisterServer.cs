using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>A Modbus TCP server of fixed registers, by unit. It shares no code with the product; a register that was not given is answered as 0xEEEE.</summary>
internal sealed class RegisterServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<byte, byte, int, ushort?> _register;

    public RegisterServer(Func<byte, byte, int, ushort?> register)
    {
        _register = register;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every request as (unit, function, address, count).</summary>
    public System.Collections.Concurrent.ConcurrentBag<(byte Unit, byte Function, int Address, int Count)> Requests { get; } = [];

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var request = new byte[12];
                while (true)
                {
                    await stream.ReadExactlyAsync(request);
                    await stream.WriteAsync(Answer(request));
                }
            }
            catch (IOException)
            {
            }
        }
    }

    private byte[] Answer(byte[] request)
    {
        var (unit, function, address, count) = (request[6], request[7], BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(8)), BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(10)));
        Requests.Add((unit, function, address, count));
        var answer = new byte[9 + (2 * count)];
        request.AsSpan(0, 8).CopyTo(answer);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(4), (ushort)(3 + (2 * count)));
        answer[8] = (byte)(2 * count);
        for (var i = 0; i < count; i++) BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(9 + (2 * i)), _register(unit, function, address + i) ?? 0xEEEE);
        return answer;
    }
}
