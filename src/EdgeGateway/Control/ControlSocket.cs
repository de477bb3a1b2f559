using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using EdgeGateway.Pipeline.Control;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Control;

/// <summary>Listens on a Unix socket that only the gateway's own user may open, and hands requests to commands. One request a connection; a silent or endless one is cut off.</summary>
/// <param name="path">Path of the socket; a leftover of a crash is replaced, because the store's lock says that no other gateway runs.</param>
/// <param name="commands">What can be asked.</param>
/// <param name="time">For the limits.</param>
/// <param name="log">For the few lines worth saying.</param>
internal sealed partial class ControlSocket(string path, IReadOnlyList<IControlCommand> commands, TimeProvider time, ILogger log)
{
    private const int MostCallers = 16;
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(10);
    private int _callers;

    /// <summary>Serves until <paramref name="cancellationToken"/> is cancelled, then removes the socket. What it cannot do is said once and hurts nobody.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            File.Delete(path);
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            // Nobody can connect before Listen: the mode is in force first.
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            listener.Listen(MostCallers);
            while (true)
            {
                var caller = await listener.AcceptAsync(cancellationToken);
                if (Interlocked.Increment(ref _callers) <= MostCallers) _ = ServeAsync(caller, cancellationToken);
                else Leave(caller);
            }
        }
        catch (OperationCanceledException)
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is SocketException or IOException or UnauthorizedAccessException)
        {
            LogClosed(path, failure.Message);
        }
    }

    private async Task ServeAsync(Socket caller, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AskLimit, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (await ControlLine.ReadAsync(caller, ending.Token) is not { } line) return;
            limit.CancelAfter(RunLimit);
            var answer = await AnswerAsync(line, caller, ending.Token);
            limit.CancelAfter(AskLimit);
            await ControlLine.WriteAsync(caller, JsonSerializer.SerializeToUtf8Bytes(answer, ControlJson.Default.ControlAnswer), ending.Token);
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            // The caller has gone, or was cut off.
        }
        finally
        {
            Leave(caller);
        }
    }

    private void Leave(Socket caller)
    {
        caller.Dispose();
        Interlocked.Decrement(ref _callers);
    }

    private async Task<ControlAnswer> AnswerAsync(byte[] line, Socket caller, CancellationToken cancellationToken)
    {
        ControlAsk? ask;
        try
        {
            ask = JsonSerializer.Deserialize(line, ControlJson.Default.ControlAsk);
        }
        catch (JsonException)
        {
            ask = null;
        }
        if (ask is null) return new ControlAnswer(false, ["""The request is not one line of JSON such as {"command":"…","arguments":{},"by":"…"}."""]);
        if (commands.FirstOrDefault(c => c.Name == ask.Command) is not { } command)
        {
            return new ControlAnswer(false, [$"This gateway has no command '{ask.Command}'; it has {string.Join(", ", commands.Select(c => c.Name))}."]);
        }
        try
        {
            var reply = await command.RunAsync(new ControlRequest(ask.Command, ask.Arguments, Caller(ask.By, caller)), cancellationToken);
            return new ControlAnswer(reply.Ok, [.. reply.Lines]);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(command.Name, failure);
            return new ControlAnswer(false, [$"{command.Name} failed: {failure.Message}"]);
        }
    }

    /// <summary>The name the caller gives, printable and short, with the user id that the kernel vouches for.</summary>
    private static string Caller(string name, Socket caller)
    {
        var shown = new string([.. name.Where(c => !char.IsControl(c)).Take(64)]);
        if (!OperatingSystem.IsLinux()) return shown;
        const int socketLevel = 1, peerCredentials = 17;
        Span<byte> credentials = stackalloc byte[12];
        caller.GetRawSocketOption(socketLevel, peerCredentials, credentials);
        return string.Create(CultureInfo.InvariantCulture, $"{shown} (uid {BinaryPrimitives.ReadInt32LittleEndian(credentials[4..])})");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The control socket {Path} cannot be used ({Problem}): commands such as write and reload will not reach this gateway; it measures on.")]
    private partial void LogClosed(string path, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "The control command {Name} failed.")]
    private partial void LogFailed(string name, Exception failure);
}
