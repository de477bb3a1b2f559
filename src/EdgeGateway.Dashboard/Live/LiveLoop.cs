using System.Buffers;
using System.Text.Json;
using EdgeGateway.Dashboard.Api;

namespace EdgeGateway.Dashboard.Live;

/// <summary>Says every second what is, once for all readers; nothing is rendered while nobody listens.</summary>
internal sealed class LiveLoop(IGatewayView gateway, LiveReport report, LiveStreams streams)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, gateway.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (streams.Clients > 0) streams.Send(Render(report.Now()));
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static ReadOnlyMemory<byte> Render(LiveAnswer answer)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        bytes.Write("event: live\ndata: "u8);
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = Replies.Json.Options.Encoder })) JsonSerializer.Serialize(writer, answer, Replies.Json.LiveAnswer);
        bytes.Write("\n\n"u8);
        return bytes.WrittenMemory;
    }
}
