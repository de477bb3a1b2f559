using System.Net;
using MQTTnet.Server;

namespace EdgeGateway.Demo;

/// <summary>A broker inside the process, on loopback alone, so that the demo publishes for real and needs nothing installed.</summary>
internal sealed class DemoBroker : IAsyncDisposable
{
    private readonly MqttServer _server;
    private long _messages;

    private DemoBroker(MqttServer server, int port)
    {
        (_server, Port) = (server, port);
        _server.InterceptingPublishAsync += _ =>
        {
            Interlocked.Increment(ref _messages);
            return Task.CompletedTask;
        };
    }

    /// <summary>Its port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Messages it took.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    public static async Task<DemoBroker> StartAsync(int port)
    {
        var options = new MqttServerOptionsBuilder()
            .WithDefaultEndpoint().WithDefaultEndpointPort(port).WithDefaultEndpointBoundIPAddress(IPAddress.Loopback).WithDefaultEndpointBoundIPV6Address(IPAddress.None).Build();
        var broker = new DemoBroker(new MqttServerFactory().CreateMqttServer(options), port);
        await broker._server.StartAsync();
        return broker;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        _server.Dispose();
    }
}
