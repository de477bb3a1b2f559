using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Dashboard.Live;

/// <summary>Serves the live stream to one reader until it leaves or falls behind.</summary>
internal sealed class LiveEndpoint(LiveStreams streams)
{
    public async Task HandleAsync(HttpContext context)
    {
        if (streams.Join() is not { } client)
        {
            await Api.Replies.ErrorAsync(context, StatusCodes.Status503ServiceUnavailable, $"There are {LiveStreams.MostClients} live readers already.");
            return;
        }
        try
        {
            context.Response.ContentType = "text/event-stream; charset=utf-8";
            await context.Response.Body.WriteAsync("retry: 1000\n\n"u8.ToArray(), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await foreach (var message in client.Reader.ReadAllAsync(context.RequestAborted))
            {
                await context.Response.Body.WriteAsync(message, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
            // Ended because it fell behind: the line is cut, so that a reader that waits learns of it.
            context.Abort();
        }
        catch (OperationCanceledException)
        {
        }
        finally
        {
            streams.Leave(client);
        }
    }
}
