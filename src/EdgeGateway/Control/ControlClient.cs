using System.Net.Sockets;
using System.Text.Json;
using EdgeGateway.Commands;

namespace EdgeGateway.Control;

/// <summary>Asks the gateway that runs on a store.</summary>
internal static class ControlClient
{
    /// <summary>Sends the request, prints the answer's lines, and returns the exit code.</summary>
    /// <param name="storePath">The gateway's database file.</param>
    /// <param name="command">Name of the command.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Ends the wait; what was asked may still be done.</param>
    public static async Task<int> AskAsync(string storePath, string command, Dictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(storePath, new ControlAsk(command, arguments, Environment.UserName), cancellationToken);
        foreach (var line in answer.Lines) (answer.Ok ? Console.Out : Console.Error).WriteLine(line);
        return answer.Ok ? ExitCode.Done : ExitCode.Faults;
    }

    /// <summary>Sends the request; where no gateway answers, that is the answer.</summary>
    public static async Task<ControlAnswer> SendAsync(string storePath, ControlAsk ask, CancellationToken cancellationToken)
    {
        if (ControlPath.Of(storePath) is not { } path) return new ControlAnswer(false, [$"The path {storePath} is too long for a control socket: keep the store under a shorter one (store.path, or run --store)."]);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            await ControlLine.WriteAsync(socket, JsonSerializer.SerializeToUtf8Bytes(ask, ControlJson.Default.ControlAsk), cancellationToken);
            if (await ControlLine.ReadAsync(socket, cancellationToken) is { } line && JsonSerializer.Deserialize(line, ControlJson.Default.ControlAnswer) is { } answer) return answer;
            return new ControlAnswer(false, ["The gateway ended without an answer; look at its log."]);
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AccessDenied)
        {
            return new ControlAnswer(false, [$"{path} may be opened only by the user the gateway runs as: use sudo -u with that user."]);
        }
        catch (SocketException failure)
        {
            return new ControlAnswer(false, [$"No gateway runs on {storePath} ({failure.Message}): start it with 'edgegateway run', or name its store with --store."]);
        }
        catch (JsonException)
        {
            return new ControlAnswer(false, ["The answer makes no sense: is the running gateway of another version?"]);
        }
    }
}
