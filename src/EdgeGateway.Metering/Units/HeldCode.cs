using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>The code that a point says, which must hold for two polls: of a batch, or of what is made.</summary>
/// <param name="maxGapMicros">The greatest gap between readings over which a change is seen.</param>
internal sealed class HeldCode(long maxGapMicros)
{
    private const int LongestCode = 52;
    private string _candidate = "", _raw = "", _clean = "";
    private long _candidateAt = long.MaxValue;
    private bool _behindGap;

    /// <summary>The code that holds; "" where there is none.</summary>
    public string Code { get; private set; } = "";

    /// <summary>True once a code has held.</summary>
    public bool Seen { get; private set; }

    /// <summary>Time of the newest reading, or <see cref="long.MinValue"/>.</summary>
    public long Newest { get; private set; } = long.MinValue;

    /// <summary>Up to here no change can become known any more.</summary>
    public long SettledTo => _candidateAt != long.MaxValue ? _candidateAt : Newest;

    /// <summary>Time of a code that was read once, or null.</summary>
    public long? Candidate => _candidateAt != long.MaxValue ? _candidateAt : null;

    /// <summary>Takes a reading; true where it confirms another code.</summary>
    /// <param name="time">UTC microseconds.</param>
    /// <param name="text">The code as it was read.</param>
    /// <param name="at">When the code that now holds was read first.</param>
    /// <param name="basis">How well that is known: estimated behind a gap, a lower bound where no code was known before.</param>
    public bool Take(long time, string text, out long at, out Basis basis)
    {
        (at, basis) = (time, Basis.Exact);
        if (time <= Newest) return false;
        if (text != _raw) (_raw, _clean) = (text, Clean(text));
        var gap = Newest != long.MinValue && time - Newest > maxGapMicros;
        Newest = time;
        if (_clean == Code && Seen)
        {
            _candidateAt = long.MaxValue;
            return false;
        }
        if (_candidateAt == long.MaxValue || _clean != _candidate)
        {
            (_candidate, _candidateAt, _behindGap) = (_clean, time, gap || (_candidateAt != long.MaxValue && _behindGap));
            return false;
        }
        (at, basis) = (_candidateAt, !Seen ? Basis.LowerBound : _behindGap ? Basis.Estimated : Basis.Exact);
        (Code, Seen, _candidateAt) = (_clean, true, long.MaxValue);
        return true;
    }

    /// <summary>Appends the state, with a time that its owner keeps beside it.</summary>
    public void Save(ByteWriter w, long owners)
    {
        w.Text(Code);
        w.Text(_candidate);
        w.Signed(_candidateAt);
        w.Signed(Newest);
        w.Signed(owners);
        w.Byte((byte)((Seen ? 1 : 0) | (_behindGap ? 2 : 0)));
    }

    /// <summary>Reads a state back; its owner's time.</summary>
    public long Load(ref ByteReader r)
    {
        (Code, _candidate, _candidateAt, Newest) = (r.Text(), r.Text(), r.Signed(), r.Signed());
        var owners = r.Signed();
        var bits = r.Byte();
        (Seen, _behindGap) = ((bits & 1) != 0, (bits & 2) != 0);
        return owners;
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
