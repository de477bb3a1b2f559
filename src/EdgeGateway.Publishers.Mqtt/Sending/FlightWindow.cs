using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt.Sessions;

namespace EdgeGateway.Publishers.Mqtt.Sending;

/// <summary>The messages of a batch that are under way: bounded, sent and settled in order (a broker acknowledges in the order of arrival, MQTT 5 §4.6). Not thread-safe.</summary>
internal sealed class FlightWindow(TimeProvider time) : IDisposable
{
    /// <summary>How long a broker may take to acknowledge.</summary>
    public static readonly TimeSpan AckLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private readonly Queue<Flight> _open = new();
    private readonly Stack<Flight> _idle = new();
    private Outcome[] _worst = [];

    /// <summary>Told the items of a message that was rejected and carries several: each has to show by itself which of them it was for.</summary>
    public Action<int, int> RejectedTogether { get; set; } = static (_, _) => { };

    /// <summary>Begins a batch.</summary>
    public void Begin(int items)
    {
        if (_worst.Length < items) _worst = new Outcome[items];
        _worst.AsSpan(0, items).Fill(Outcome.Accepted);
    }

    /// <summary>A flight to fill; waits for the oldest one while the window is full. Its owner launches it.</summary>
    /// <exception cref="PublisherException">The line broke.</exception>
    public async ValueTask<Flight> RentAsync(MqttSession session, Outcome[] outcomes, CancellationToken cancellationToken)
    {
        while (_open.Count >= session.Window) await SettleOldestAsync(session, outcomes, AckLimit, cancellationToken).ConfigureAwait(false);
        return _idle.TryPop(out var flight) ? flight : new Flight();
    }

    /// <summary>Takes a flight whose message was sent, or whose outcome is known.</summary>
    public void Launch(Flight flight) => _open.Enqueue(flight);

    /// <summary>Takes back a flight that was not launched.</summary>
    public void Return(Flight flight) => _idle.Push(flight);

    /// <summary>Settles all that is under way.</summary>
    /// <exception cref="PublisherException">The line broke.</exception>
    public async Task SettleAllAsync(MqttSession session, Outcome[] outcomes, CancellationToken cancellationToken)
    {
        while (_open.Count > 0) await SettleOldestAsync(session, outcomes, AckLimit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives what is under way a last moment to be acknowledged; true where all was.</summary>
    public async Task<bool> SettleGracefullyAsync(MqttSession session, Outcome[] outcomes)
    {
        using var limit = new CancellationTokenSource(Grace, time);
        try
        {
            while (_open.Count > 0) await SettleOldestAsync(session, outcomes, Grace, limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or PublisherException)
        {
            return false;
        }
    }

    /// <summary>After the end of a session: what had been acknowledged counts, the rest is to be retried.</summary>
    public void Abandon(Outcome[] outcomes)
    {
        while (_open.TryDequeue(out var flight))
        {
            if (flight.Ack is { IsCompleted: false })
            {
                // Its buffer may still be read by the send that is dying: it is not used again.
                Settle(flight, default, outcomes);
                _ = flight.Ack.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                continue;
            }
            if (flight.Ack is { IsCompletedSuccessfully: true } ack) Settle(flight, Acknowledgement.OutcomeOf(ack.Result), outcomes);
            else
            {
                _ = flight.Ack?.Exception;
                Settle(flight, flight.Ack is null ? flight.Known : default, outcomes);
            }
            Return(flight);
        }
    }

    public void Dispose()
    {
        while (_idle.TryPop(out var flight)) flight.Dispose();
    }

    private async ValueTask SettleOldestAsync(MqttSession session, Outcome[] outcomes, TimeSpan limit, CancellationToken cancellationToken)
    {
        var flight = _open.Peek();
        var outcome = flight.Known;
        if (flight.Ack is { } ack)
        {
            try
            {
                outcome = Acknowledgement.OutcomeOf(await ack.WaitAsync(limit, time, cancellationToken).ConfigureAwait(false));
            }
            catch (TimeoutException) when (!ack.IsCompleted)
            {
                throw session.Silent(limit);
            }
            // The client reports an aborted socket as a cancellation, too: ours is known by its token.
            catch (Exception e) when (e is not OperationCanceledException || ack.IsCompleted || !cancellationToken.IsCancellationRequested)
            {
                throw await session.LostAsync(e).ConfigureAwait(false);
            }
        }
        _open.Dequeue();
        Settle(flight, outcome, outcomes);
        Return(flight);
    }

    private void Settle(Flight flight, Outcome outcome, Outcome[] outcomes)
    {
        var (first, last) = flight.Items;
        if (outcome.Kind == OutcomeKind.Rejected && last > first)
        {
            RejectedTogether(first, last);
            outcome = new Outcome(OutcomeKind.Retry, default, outcome.Reason);
        }
        for (var item = first; item <= last; item++) _worst[item] = Acknowledgement.Worse(_worst[item], outcome);
        if (flight.Whole is not var (from, to)) return;
        _worst.AsSpan(from, to - from + 1).CopyTo(outcomes.AsSpan(from));
    }
}
