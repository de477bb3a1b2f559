using System.Threading.Channels;

namespace EdgeGateway.Dashboard.Access;

/// <summary>Lets logins be judged one after the other, and turns away whoever finds a long queue. Thread-safe.</summary>
#pragma warning disable CA1001 // Of a semaphore whose wait handle nobody asks for nothing is to be given back.
internal sealed class LoginTurns
#pragma warning restore CA1001
{
    /// <summary>When to come again where the queue was long.</summary>
    public static readonly TimeSpan Busy = TimeSpan.FromSeconds(2);

    private const int MostWaiting = 16;
    // Whoever holds the one token has its turn.
    private readonly Channel<bool> _token = Channel.CreateBounded<bool>(1);
    private int _waiting;

    public LoginTurns() => _token.Writer.TryWrite(true);

    /// <summary>Waits for its turn, which ends when the result is disposed; null where too many wait already.</summary>
    public async ValueTask<IDisposable?> TakeAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }
        try
        {
            await _token.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            return new Turn(_token.Writer);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private sealed class Turn(ChannelWriter<bool> token) : IDisposable
    {
        public void Dispose() => token.TryWrite(true);
    }
}
