using System.Collections.Immutable;

namespace EdgeGateway.FirmwareSim.Faults;

/// <summary>What the wire faults of one device make of an answer.</summary>
/// <param name="Silent">No answer at all.</param>
/// <param name="Exception">Exception code in its place, or 0.</param>
/// <param name="Delay">How late it comes.</param>
/// <param name="WrongTransaction">With another transaction id.</param>
/// <param name="SplitAfter">Bytes before the split, or 0.</param>
/// <param name="SplitDelay">How much later the rest comes.</param>
/// <param name="BadCrc">With a wrong sum.</param>
/// <param name="Short">Bytes by which it is shorter than it says.</param>
internal readonly record struct WireEffect(bool Silent, byte Exception, TimeSpan Delay, bool WrongTransaction, int SplitAfter, TimeSpan SplitDelay, bool BadCrc, int Short);

/// <summary>The wire faults of one device. Immutable.</summary>
internal sealed class WireFaults
{
    private readonly ImmutableArray<Fault> _faults;
    private readonly long _start;

    public WireFaults(FaultScript script, string device, long start)
    {
        _faults = [.. script.Faults.Where(f => f.Device == device && IsOnWire(f.Kind))];
        _start = start;
    }

    public WireEffect At(long now)
    {
        var effect = default(WireEffect);
        var since = (now - _start) * TimeSpan.TicksPerMicrosecond;
        foreach (var fault in _faults)
        {
            if (since < fault.At.Ticks || since >= (fault.At + fault.For).Ticks) continue;
            effect = fault.Kind switch
            {
                FaultKind.Silence => effect with { Silent = true },
                FaultKind.Exception => effect with { Exception = (byte)fault.Number },
                FaultKind.Slow => effect with { Delay = fault.By },
                FaultKind.WrongTransaction => effect with { WrongTransaction = true },
                FaultKind.BadCrc => effect with { BadCrc = true },
                FaultKind.BadLength => effect with { Short = fault.Number },
                _ => effect with { SplitAfter = fault.Number, SplitDelay = fault.By },
            };
        }

        return effect;
    }

    private static bool IsOnWire(FaultKind kind) => kind is FaultKind.Silence or FaultKind.Exception or FaultKind.Slow or FaultKind.WrongTransaction or FaultKind.Split
        or FaultKind.BadCrc or FaultKind.BadLength;
}
