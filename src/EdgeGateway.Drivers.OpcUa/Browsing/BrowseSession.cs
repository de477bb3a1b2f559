using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.OpcUa.Lines;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Time;

namespace EdgeGateway.Drivers.OpcUa.Browsing;

/// <summary>Browses a server once: for the command line and the page.</summary>
public static class BrowseSession
{
    /// <summary>Connects as the connection's options say, browses and disconnects.</summary>
    /// <param name="connection">Bound options of an <c>opc_ua</c> connection.</param>
    /// <param name="query">What to browse.</param>
    /// <param name="limit">Longest wait for a session.</param>
    /// <param name="time">For timers and stamps.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The tree, or why there is none, in words for people.</returns>
    /// <exception cref="OpcUaSetupException">An own file cannot be read; the message says which.</exception>
    public static async Task<(BrowseNode? Tree, string? Problem)> RunAsync(OptionValues connection, BrowseQuery query, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        using var setup = ConnectionSetup.Of("browse", connection, time, () => 0.5);
        var first = new FirstFortune();
        var line = new UaLine(setup.Client, connection.Get(Options.OpcUaOptions.ConnectTimeout), time, new StampClock(time), new BusHealth([]), new LoopPulse());
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = Task.Run(() => line.RunAsync(first, null, ending.Token), CancellationToken.None);
        try
        {
            if (await first.Known.WaitAsync(limit, time, cancellationToken) is { } problem) return (null, problem.Text);
            return await new Browser(line).WalkAsync(query, cancellationToken);
        }
        catch (TimeoutException)
        {
            return (null, $"no session within {limit.TotalSeconds:0.#} s");
        }
        finally
        {
            await ending.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed class FirstFortune : IClientListener
    {
        private readonly TaskCompletionSource<ClientProblem?> _known = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<ClientProblem?> Known => _known.Task;

        public void OnReady(bool newSession) => _known.TrySetResult(null);

        public void OnLost(ClientProblem problem) => _known.TrySetResult(problem);
    }
}
