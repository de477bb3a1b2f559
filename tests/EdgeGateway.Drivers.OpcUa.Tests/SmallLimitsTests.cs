using EdgeGateway.Drivers.OpcUa.Lines;
using EdgeGateway.Drivers.OpcUa.Tests.Peers;
using EdgeGateway.OpcUa.Chunks;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Services;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Time;

namespace EdgeGateway.Drivers.OpcUa.Tests;

/// <summary>A client that takes one chunk a message: a real server's answer that does not fit ends its request and nothing else.</summary>
public sealed class SmallLimitsTests(SharedServers servers) : IClientListener
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _lost = [];

    void IClientListener.OnReady(bool newSession) => _ready.TrySetResult();

    void IClientListener.OnLost(ClientProblem problem) => _lost.Add(problem.Text);

    [Fact]
    public async Task An_answer_that_does_not_fit_ends_its_request_alone()
    {
        using var rig = ConnectionSetup.Of("small", new BusRig(servers.Plain, servers.Pki).Connection, TimeProvider.System, () => 0.5);
        var setup = rig.Client with { Limits = new TransportLimits(65_536, 65_536, 65_536, 1) };
        var line = new UaLine(setup, TimeSpan.FromSeconds(5), TimeProvider.System, new StampClock(TimeProvider.System), new BusHealth([]), new LoopPulse());
        using var stop = new CancellationTokenSource();
        var running = Task.Run(() => line.RunAsync(this, null, stop.Token));
        await Until.TrueAsync(() => _ready.Task.IsCompleted || _lost.Count > 0, "a session");
        Assert.Empty(_lost);
        // Two thousand times the array of namespaces is more than 64 KiB; five times is less.
        var (status, _) = await ReadAsync(line, 2000);
        Assert.True(OperationLimits.IsTooMuch(status), status.ToString());
        (status, var count) = await ReadAsync(line, 5);
        Assert.True(status.IsGood, status.ToString());
        Assert.Equal(5, count);
        Assert.Empty(_lost);
        Assert.Equal(1, line.Client.SessionsCreated);
        await stop.CancelAsync();
        await running;
    }

    private static Task<(StatusCode Status, int Value)> ReadAsync(UaLine line, int count)
    {
        var items = Enumerable.Repeat(new ReadItem(new NodeId(0, 2255)), count).ToArray();
        return line.AskAsync(AttributeServices.Read, (w, _) => AttributeServices.WriteRead(w, TimestampsToReturn.Both, items), (ref UaReader r) => Math.Max(0, r.Count(1)), CancellationToken.None);
    }
}
