using EdgeGateway.Metering.Output;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Metering.Units;

/// <summary>Which product a unit makes, by the readings of a code: from the first of two readings of it on. Where nobody read it for longer than a gap, and another one came behind, nothing is known of what was made there.</summary>
/// <param name="plan">What the codes mean.</param>
/// <param name="maxGapMicros">The greatest gap between readings over which a code holds.</param>
/// <param name="baseMicros">Length of the base window.</param>
internal sealed class ProductTrack(OutputPlan? plan, long maxGapMicros, long baseMicros)
{
    /// <summary>What is said where the product is not known.</summary>
    public const string Unknown = "";

    private readonly List<(long Time, string Product)> _changes = [];
    private readonly HeldCode _held = new(maxGapMicros);
    private string _before = Unknown;

    /// <summary>Up to here no change can become known any more.</summary>
    public long SettledTo => _held.SettledTo;

    /// <summary>Time of a code that was read once, or null.</summary>
    public long? Candidate => _held.Candidate;

    /// <summary>Since when the product has been unknown because nobody read it; <see cref="long.MaxValue"/> where it is known.</summary>
    public long UnseenFrom { get; private set; } = long.MaxValue;

    /// <summary>The product from a time on.</summary>
    public string At(long time)
    {
        var product = _before;
        foreach (var change in _changes)
        {
            if (change.Time > time) break;
            product = change.Product;
        }
        return product;
    }

    /// <summary>The first change at or after a time; <see cref="long.MaxValue"/> where there is none.</summary>
    public long FirstFrom(long time)
    {
        foreach (var change in _changes)
        {
            if (change.Time >= time) return change.Time;
        }
        return long.MaxValue;
    }

    /// <summary>Takes a reading; the time from which it says something else of what was made, or null.</summary>
    /// <param name="time">UTC microseconds.</param>
    /// <param name="text">The code as it was read.</param>
    /// <param name="firmTo">What lies before is not changed any more.</param>
    /// <param name="confirmed">Whether another code holds.</param>
    public long? Take(long time, string text, long firmTo, out bool confirmed)
    {
        long? from = null;
        if (_held.Newest != long.MinValue && time - _held.Newest > maxGapMicros && UnseenFrom == long.MaxValue) from = Lose(firmTo);
        confirmed = _held.Take(time, text, out var at, out _);
        if (!confirmed && (UnseenFrom == long.MaxValue || !_held.Seen || Candidate is not null)) return from;
        // The same code on both sides of a gap held within it.
        at = Math.Max(confirmed ? at : UnseenFrom, firmTo);
        UnseenFrom = long.MaxValue;
        Set(at, Meaning);
        return Math.Min(at, from ?? at);
    }

    /// <summary>A base window is stated, whatever was not read; the time from which the product is unknown for that, or null.</summary>
    /// <param name="end">The window's end, UTC microseconds.</param>
    /// <param name="firmTo">What lies before is not changed any more.</param>
    public long? Seal(long end, long firmTo) =>
        _held.Newest == long.MinValue || UnseenFrom != long.MaxValue || _held.Newest + maxGapMicros >= end ? null : Lose(firmTo);

    /// <summary>Codes may mean something else than before: from a boundary on they do.</summary>
    public void Rename(long boundary)
    {
        if (UnseenFrom == long.MaxValue && _held.Seen) Set(Math.Max(boundary, _changes.Count > 0 ? _changes[^1].Time : boundary), Meaning);
    }

    /// <summary>Forgets changes before a time: only the product then made is kept of them.</summary>
    public void DropBefore(long time)
    {
        while (_changes.Count > 0 && _changes[0].Time < time)
        {
            _before = _changes[0].Product;
            _changes.RemoveAt(0);
        }
    }

    public void Save(ByteWriter w)
    {
        _held.Save(w, UnseenFrom);
        w.Text(_before);
        w.Unsigned((ulong)_changes.Count);
        foreach (var (time, product) in _changes)
        {
            w.Signed(time);
            w.Text(product);
        }
    }

    public void Load(ref ByteReader r)
    {
        UnseenFrom = _held.Load(ref r);
        _before = r.Text();
        for (var left = r.Count(2); left > 0 && !r.Failed; left--)
        {
            var (time, product) = (r.Signed(), r.Text());
            if (_changes.Count > 0 && _changes[^1].Time >= time) throw new InvalidOperationException("Changes ascend.");
            _changes.Add((time, product));
        }
    }

    private string Meaning => _held.Code.Length == 0 ? Unknown : plan?.NameOf(_held.Code) ?? _held.Code;

    /// <summary>From where windows are cut already, a change or a boundary, up to the next reading.</summary>
    private long Lose(long firmTo)
    {
        var until = _held.Newest + maxGapMicros;
        var from = Math.Max(UtcMicros.Floor(until, baseMicros), firmTo);
        foreach (var change in _changes)
        {
            if (change.Time <= until) from = Math.Max(from, change.Time);
        }
        if (Candidate is { } candidate && candidate <= until) from = Math.Max(from, candidate);
        UnseenFrom = from;
        Set(from, Unknown);
        return from;
    }

    private void Set(long time, string product)
    {
        while (_changes.Count > 0 && _changes[^1].Time >= time) _changes.RemoveAt(_changes.Count - 1);
        if (At(time) != product) _changes.Add((time, product));
    }
}
