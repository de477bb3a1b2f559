using System.Globalization;
using EdgeGateway.Pipeline.Publishing;

namespace EdgeGateway.Publishers.Influx.Sending;

/// <summary>What becomes of the items whose lines are in a batch: an item is accepted when all its lines are, tried again when one is, and rejected when one is refused and none is due.</summary>
internal sealed class ItemTally(LineBatch batch)
{
    private readonly Dictionary<int, (int Lines, int Refused, string Reason, bool Due, TimeSpan After)> _items = [];

    /// <summary>Forgets the last batch.</summary>
    public void Clear() => _items.Clear();

    /// <summary>Counts a line that the database has.</summary>
    public void Take(int line) => Change(line, static (t, _) => t, "");

    /// <summary>Counts a line that it does not want.</summary>
    public void Refuse(int line, string reason) => Change(line, static (t, r) => (t.Lines, t.Refused + 1, t.Refused == 0 ? r : t.Reason, t.Due, t.After), reason);

    /// <summary>Counts lines that are to be sent again.</summary>
    public void Postpone(int from, int to, TimeSpan after, string reason)
    {
        for (var line = from; line < to; line++) Change(line, (t, r) => (t.Lines, t.Refused, t.Refused == 0 ? r : t.Reason, true, after), reason);
    }

    /// <summary>Sets the outcomes of the items counted.</summary>
    public void Settle(Outcome[] outcomes)
    {
        foreach (var (item, tally) in _items)
        {
            outcomes[item] = tally switch
            {
                { Due: true } => new Outcome(OutcomeKind.Retry, tally.After, tally.Reason),
                { Refused: 0 } => Outcome.Accepted,
                { Lines: 1 } => new Outcome(OutcomeKind.Rejected, default, tally.Reason),
                _ => new Outcome(OutcomeKind.Rejected, default, string.Create(CultureInfo.InvariantCulture,
                    $"{tally.Refused} of {tally.Lines} points were refused{(tally.Refused < tally.Lines ? ", the others are in the database" : "")}: {tally.Reason}")),
            };
        }
    }

    private void Change(int line, Func<(int Lines, int Refused, string Reason, bool Due, TimeSpan After), string, (int, int, string, bool, TimeSpan)> change, string reason)
    {
        var item = batch.ItemOf(line);
        var tally = _items.GetValueOrDefault(item, (0, 0, "", false, TimeSpan.Zero));
        tally.Item1++;
        _items[item] = change(tally, reason);
    }
}
