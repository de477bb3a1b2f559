using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace EdgeGateway.FirmwareSim.Time;

/// <summary>Whether everyone waits and nothing is under way. Registration is thread-safe; reading belongs to the clock's thread.</summary>
/// <remarks>
/// All activities and counts are read, then every party's quiet and every balance, then all activities and counts again. Equal readings mean that nothing changed between the end of the first
/// and the begin of the second, so what was read in the middle held for all at once.
/// </remarks>
internal sealed class Stillness
{
    private readonly Lock _lock = new();
    private ImmutableArray<LockStepParty> _parties = [];
    private ImmutableArray<(LockStepBalance Balance, long Baseline)> _balances = [];
    private long[] _first = [], _second = [];

    public IDisposable Add(LockStepParty party)
    {
        lock (_lock) _parties = _parties.Add(party);
        return new Registration(() =>
        {
            lock (_lock) _parties = _parties.Remove(party);
        });
    }

    public IDisposable Add(LockStepBalance balance)
    {
        var entry = (balance, balance.Given() - balance.Taken());
        lock (_lock) _balances = _balances.Add(entry);
        return new Registration(() =>
        {
            lock (_lock) _balances = _balances.Remove(entry);
        });
    }

    /// <summary>One attempt.</summary>
    /// <param name="changes">The clock's own count of timers armed.</param>
    public bool Holds(Func<long> changes)
    {
        var (parties, balances) = Registered();
        var size = 1 + parties.Length + 2 * balances.Length;
        if (_first.Length != size) (_first, _second) = (new long[size], new long[size]);
        ReadAll(parties, balances, changes, _first);
        foreach (var party in parties)
        {
            if (!party.Quiet()) return false;
        }

        for (var i = 0; i < balances.Length; i++)
        {
            if (_first[1 + parties.Length + 2 * i] - _first[2 + parties.Length + 2 * i] != balances[i].Baseline) return false;
        }

        ReadAll(parties, balances, changes, _second);
        return _first.AsSpan().SequenceEqual(_second);
    }

    /// <summary>Who moves and what is under way, for people.</summary>
    public string Describe()
    {
        var (parties, balances) = Registered();
        var text = new StringBuilder();
        foreach (var party in parties)
        {
            if (!party.Quiet()) text.Append(CultureInfo.InvariantCulture, $"; {party.Name} is not quiet");
        }

        foreach (var (balance, baseline) in balances)
        {
            var (given, taken) = (balance.Given(), balance.Taken());
            if (given - taken != baseline) text.Append(CultureInfo.InvariantCulture, $"; {balance.Name}: {given} given, {taken} taken, {given - taken - baseline} under way");
        }

        return text.Length == 0 ? "something changes all the time" : text.ToString(2, text.Length - 2);
    }

    private (ImmutableArray<LockStepParty> Parties, ImmutableArray<(LockStepBalance Balance, long Baseline)> Balances) Registered()
    {
        lock (_lock) return (_parties, _balances);
    }

    private static void ReadAll(ImmutableArray<LockStepParty> parties, ImmutableArray<(LockStepBalance Balance, long Baseline)> balances, Func<long> changes, long[] into)
    {
        var at = 0;
        into[at++] = changes();
        foreach (var party in parties) into[at++] = party.Activity();
        foreach (var (balance, _) in balances)
        {
            into[at++] = balance.Given();
            into[at++] = balance.Taken();
        }
    }

    private sealed class Registration(Action undo) : IDisposable
    {
        private Action? _undo = undo;

        public void Dispose() => Interlocked.Exchange(ref _undo, null)?.Invoke();
    }
}
