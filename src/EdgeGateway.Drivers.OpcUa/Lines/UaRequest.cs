using EdgeGateway.OpcUa.Client;
using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.Drivers.OpcUa.Lines;

/// <summary>Reads an answer's body.</summary>
internal delegate T ReplyReader<out T>(ref UaReader body);

/// <summary>One request whose answer is awaited; for browsing and other calls off the hot path.</summary>
internal sealed class UaRequest<T>(ReplyReader<T> read) : IReplyHandler
{
    private readonly TaskCompletionSource<(StatusCode, T?)> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The status and, where it is not bad, what was read.</summary>
    public Task<(StatusCode Status, T? Value)> Done => _done.Task;

    /// <inheritdoc/>
    public void OnReply(in Reply reply, ref UaReader body)
    {
        if (reply.Status.IsBad)
        {
            _done.TrySetResult((reply.Status, default));
            return;
        }
        var value = read(ref body);
        _done.TrySetResult(body.Failed ? (new StatusCode(StatusCodes.BadDecodingError), default) : (reply.Status, value));
    }
}

/// <summary>Awaitable requests over a line.</summary>
internal static class UaRequests
{
    /// <summary>Asks; BadNotConnected where there is no session.</summary>
    public static async Task<(StatusCode Status, T? Value)> AskAsync<T>(this UaLine line, uint service, Action<UaWriter, UaClient> write, ReplyReader<T> read, CancellationToken cancellationToken)
    {
        var request = new UaRequest<T>(read);
        var sent = false;
        line.Enter((client, _) =>
        {
            if (client.Phase != ClientPhase.Ready) return;
            write(client.Begin(service), client);
            client.Submit(request, 0);
            sent = true;
        });
        return sent ? await request.Done.WaitAsync(cancellationToken) : (new StatusCode(StatusCodes.BadNotConnected), default);
    }
}
