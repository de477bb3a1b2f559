using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>A batch's code was held for two polls: from a time on it is another one, or none.</summary>
/// <param name="At">UTC microseconds: the first reading of the new code.</param>
/// <param name="Id">Id of the batch, as <c>code#n</c>; null where there is none.</param>
/// <param name="Basis">How well the time is known: estimated behind a gap, a lower bound where the batch was under way already when it was first seen.</param>
internal readonly record struct BatchChange(long At, string? Id, Basis Basis);

/// <summary>Decides from the readings of a code which batch is in work: a code must hold for two polls; of a code that returns the batches are counted.</summary>
/// <param name="maxGapMicros">The greatest gap between readings over which a change is seen.</param>
/// <param name="maxMicros">How long a batch may last.</param>
internal sealed class BatchCodes(long maxGapMicros, long maxMicros)
{
    private const int Remembered = 512;
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly HeldCode _held = new(maxGapMicros);
    private long _from = long.MaxValue;

    /// <summary>Up to here no change of batch can become known any more.</summary>
    public long SettledTo => _held.SettledTo;

    /// <summary>Time of a code that was read once, or null.</summary>
    public long? Candidate => _held.Candidate;

    /// <summary>When the batch in work is closed whatever its code.</summary>
    public long Expiry => _from == long.MaxValue ? long.MaxValue : _from + maxMicros;

    /// <summary>Takes a reading; the change that it confirms, or null.</summary>
    public BatchChange? Take(long time, string text)
    {
        if (!_held.Take(time, text, out var at, out var basis)) return null;
        var change = new BatchChange(at, _held.Code.Length == 0 ? null : Next(_held.Code), basis);
        _from = change.Id is null ? long.MaxValue : at;
        return change;
    }

    /// <summary>Closes a batch that lasts too long: its code must change before another one begins. A code that was read before may still end it earlier.</summary>
    public BatchChange? Expire(long now)
    {
        if (now < Expiry || Candidate <= Expiry) return null;
        var at = Expiry;
        _from = long.MaxValue;
        return new BatchChange(at, null, Basis.Exact);
    }

    public void Save(ByteWriter w)
    {
        _held.Save(w, _from);
        w.Unsigned((ulong)_order.Count);
        foreach (var code in _order)
        {
            w.Text(code);
            w.Signed(_counts[code]);
        }
    }

    public void Load(ref ByteReader r)
    {
        _from = _held.Load(ref r);
        for (var left = r.Count(2); left > 0 && !r.Failed; left--)
        {
            var (code, count) = (r.Text(), r.Int32());
            if (_counts.TryAdd(code, count)) _order.Enqueue(code);
        }
    }

    /// <summary>Code and number of the next batch of it. Of codes that were not used for long the count begins anew: the batch's start tells them apart.</summary>
    private string Next(string code)
    {
        if (!_counts.TryGetValue(code, out var count))
        {
            if (_order.Count == Remembered) _counts.Remove(_order.Dequeue());
            _order.Enqueue(code);
        }
        _counts[code] = ++count;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{code}#{count}");
    }
}
