using EdgeGateway.Modbus.Planning;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>A device of a bus: its plan, and how patient the bus is with it. Owned by the bus machine.</summary>
internal sealed class PollDevice(string name, byte unit, IReadOnlyList<ReadBlock> plan, double phase, DeviceHealth health)
{
    private const long FirstPause = 1_000_000, LongestPause = 60_000_000;
    private long _pause;

    public string Name { get; } = name;

    public byte Unit { get; } = unit;

    /// <summary>Its requests as planned.</summary>
    public IReadOnlyList<ReadBlock> Plan { get; } = plan;

    /// <summary>Share of a period by which its polls are shifted, in [0, 1).</summary>
    public double Phase { get; } = phase;

    public DeviceHealth Health { get; } = health;

    /// <summary>Blocks in force.</summary>
    public List<PollBlock> Blocks { get; } = [];

    /// <summary>Not asked before.</summary>
    public long AskAt { get; private set; } = long.MinValue;

    /// <summary>Why it is not asked.</summary>
    public Quality Reason { get; private set; }

    /// <summary>True once its silence was logged.</summary>
    public bool SaidSilent { get; set; }

    /// <summary>It did not answer: leave it alone for a while, longer each time. A lone device hurts nobody and is asked on.</summary>
    public void FellSilent(long now, Quality reason, bool alone)
    {
        Reason = reason;
        if (alone) return;
        _pause = _pause == 0 ? FirstPause : Math.Min(2 * _pause, LongestPause);
        AskAt = now + _pause;
    }

    /// <summary>It answered, or its line is new: ask it at its period.</summary>
    public void BeAsked()
    {
        _pause = 0;
        AskAt = long.MinValue;
    }
}
