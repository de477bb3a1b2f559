using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Influx.Sessions;

namespace EdgeGateway.Publishers.Influx.Sending;

/// <summary>Writes a batch. Where the database refuses it without naming the bad points, halves are written again until the bad ones stand alone: points are idempotent, so what it took already does no harm.</summary>
internal sealed class BatchWriter(LineBatch batch, ItemTally tally, Func<double> random)
{
    // A herd of gateways that was turned away together must not come back together.
    private const double Jitter = 0.5;

    private readonly Stack<(int From, int To)> _open = new();

    /// <summary>Writes the batch and counts its lines.</summary>
    /// <returns>False where the database is busy: nothing more is to be sent now.</returns>
    /// <exception cref="PublisherException">The line broke, or the database lets nobody in.</exception>
    public async Task<bool> WriteAsync(WriteLine line, CancellationToken cancellationToken)
    {
        _open.Clear();
        _open.Push((0, batch.Count));
        while (_open.TryPop(out var range))
        {
            var answer = await line.WriteAsync(batch.Lines(range.From, range.To), cancellationToken).ConfigureAwait(false);
            switch (answer.Verdict)
            {
                case WriteVerdict.Taken:
                    for (var i = range.From; i < range.To; i++) tally.Take(i);
                    break;
                case WriteVerdict.Busy:
                    var after = answer.After * (1 + Jitter * random());
                    tally.Postpone(range.From, range.To, after, answer.Reason);
                    while (_open.TryPop(out var rest)) tally.Postpone(rest.From, rest.To, after, answer.Reason);
                    return false;
                default:
                    Part(range.From, range.To, answer);
                    break;
            }
        }
        return true;
    }

    private void Part(int from, int to, in WriteAnswer answer)
    {
        if (answer.Lines is { } named && named.All(n => n.Line < to - from))
        {
            var reasons = named.GroupBy(n => n.Line).ToDictionary(g => from + g.Key, g => g.First().Reason);
            for (var i = from; i < to; i++)
            {
                if (reasons.TryGetValue(i, out var reason)) tally.Refuse(i, reason);
                else tally.Take(i);
            }
        }
        else if (to - from == 1 || (answer.Verdict == WriteVerdict.Refused && answer.Dropped == to - from))
        {
            for (var i = from; i < to; i++) tally.Refuse(i, answer.Reason);
        }
        else
        {
            // The first half is to be written first: oldest first.
            var middle = from + (to - from) / 2;
            _open.Push((middle, to));
            _open.Push((from, middle));
        }
    }
}
