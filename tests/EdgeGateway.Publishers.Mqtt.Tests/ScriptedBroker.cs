using System.Net;
using System.Net.Sockets;

namespace EdgeGateway.Publishers.Mqtt.Tests;

/// <summary>Answers one client byte by byte as told: for reason codes and silences that no real broker here can be brought to.</summary>
internal sealed class ScriptedBroker : IAsyncDisposable
{
    public static readonly byte[] Welcome = [0x20, 3, 0, 0, 0];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _welcome;
    private readonly Func<int, ushort, byte[]> _answer;
    private readonly Task _serving;

    /// <summary><paramref name="answer"/> gets the index of a PUBLISH (0 is the status) and its packet identifier.</summary>
    public ScriptedBroker(byte[] welcome, Func<int, ushort, byte[]> answer)
    {
        (_welcome, _answer) = (welcome, answer);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url => $"mqtt://{_listener.LocalEndpoint}";

    /// <summary>PUBLISH packets received.</summary>
    public int Published { get; private set; }

    public static byte[] PubAck(ushort id, byte code) => [0x40, 3, (byte)(id >> 8), (byte)id, code];

    public static byte[] Disconnect(byte code) => [0xE0, 1, code];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            using var socket = await _listener.AcceptSocketAsync(_stop.Token);
            await using var stream = new NetworkStream(socket);
            while (true)
            {
                var type = (await ReadAsync(stream, 1))[0] >> 4;
                var (length, shift) = (0, 0);
                byte part;
                do
                {
                    part = (await ReadAsync(stream, 1))[0];
                    length |= (part & 0x7F) << shift;
                    shift += 7;
                }
                while (part >= 0x80);
                var body = await ReadAsync(stream, length);
                if (type == 1) await stream.WriteAsync(_welcome, _stop.Token);
                if (type != 3) continue;
                var topic = (body[0] << 8) + body[1];
                await stream.WriteAsync(_answer(Published, (ushort)((body[2 + topic] << 8) + body[3 + topic])), _stop.Token);
                Published++;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // The client left, or the test ends.
        }
    }

    private async Task<byte[]> ReadAsync(NetworkStream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, _stop.Token);
        return bytes;
    }
}
