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
    private const int LongestCode = 52;
    private const int Remembered = 512;
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private string _code = "", _candidate = "", _raw = "", _clean = "";
    private long _candidateAt = long.MaxValue, _newest = long.MinValue, _from = long.MaxValue;
    private bool _seen, _behindGap;

    /// <summary>Up to here no change of batch can become known any more.</summary>
    public long SettledTo => _candidateAt != long.MaxValue ? _candidateAt : _newest;

    /// <summary>Time of a code that was read once, or null.</summary>
    public long? Candidate => _candidateAt != long.MaxValue ? _candidateAt : null;

    /// <summary>When the batch in work is closed whatever its code.</summary>
    public long Expiry => _from == long.MaxValue ? long.MaxValue : _from + maxMicros;

    /// <summary>Takes a reading; the change that it confirms, or null.</summary>
    public BatchChange? Take(long time, string text)
    {
        if (time <= _newest) return null;
        if (text != _raw) (_raw, _clean) = (text, Clean(text));
        var (code, gap) = (_clean, _newest != long.MinValue && time - _newest > maxGapMicros);
        _newest = time;
        if (code == _code && _seen)
        {
            _candidateAt = long.MaxValue;
            return null;
        }
        if (_candidateAt == long.MaxValue || code != _candidate)
        {
            (_candidate, _candidateAt, _behindGap) = (code, time, gap || (_candidateAt != long.MaxValue && _behindGap));
            return null;
        }
        var basis = !_seen ? Basis.LowerBound : _behindGap ? Basis.Estimated : Basis.Exact;
        var change = new BatchChange(_candidateAt, code.Length == 0 ? null : Next(code), basis);
        (_code, _seen, _from, _candidateAt) = (code, true, change.Id is null ? long.MaxValue : _candidateAt, long.MaxValue);
        return change;
    }

    /// <summary>Closes a batch that lasts too long: its code must change before another one begins. A code that was read before may still end it earlier.</summary>
    public BatchChange? Expire(long now)
    {
        if (now < Expiry || _candidateAt <= Expiry) return null;
        var at = Expiry;
        _from = long.MaxValue;
        return new BatchChange(at, null, Basis.Exact);
    }

    public void Save(ByteWriter w)
    {
        w.Text(_code);
        w.Text(_candidate);
        w.Signed(_candidateAt);
        w.Signed(_newest);
        w.Signed(_from);
        w.Byte((byte)((_seen ? 1 : 0) | (_behindGap ? 2 : 0)));
        w.Unsigned((ulong)_order.Count);
        foreach (var code in _order)
        {
            w.Text(code);
            w.Signed(_counts[code]);
        }
    }

    public void Load(ref ByteReader r)
    {
        (_code, _candidate, _candidateAt, _newest, _from) = (r.Text(), r.Text(), r.Signed(), r.Signed(), r.Signed());
        var bits = r.Byte();
        (_seen, _behindGap) = ((bits & 1) != 0, (bits & 2) != 0);
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

    /// <summary>As keys bear it: without blanks and zeros at its ends, without signs that are none, not too long.</summary>
    private static string Clean(string text)
    {
        var code = text.Trim().Trim('\0').Trim();
        if (code.Length > LongestCode) code = code[..LongestCode];
        return string.Create(code.Length, code, static (span, code) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = char.IsControl(code[i]) || char.IsSurrogate(code[i]) ? '_' : code[i];
        });
    }
}
