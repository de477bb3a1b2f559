using EdgeGateway.Modbus.Planning;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>A device of a bus: its plan, and how patient the bus is with it. Owned by the bus machine.</summary>
internal sealed class PollDevice(string name, byte unit, IReadOnlyList<ReadBlock> plan, double phase, DeviceHealth health)
{
    private const long FirstPause = 1_000_000, LongestPause = 60_000_000;
    private const int DisturbedLimit = 3;
    private long _pause, _lateUntil = long.MinValue;
    private int _disturbed, _turns;

    public string Name { get; } = name;

    public byte Unit { get; } = unit;

    /// <summary>Its requests as planned.</summary>
    public IReadOnlyList<ReadBlock> Plan { get; } = plan;

    /// <summary>Share of a period by which its polls are shifted, in [0, 1).</summary>
    public double Phase { get; } = phase;

    public DeviceHealth Health { get; } = health;

    /// <summary>Blocks in force.</summary>
    public List<PollBlock> Blocks { get; } = [];

    /// <summary>How long it is waited for, microseconds.</summary>
    public required long TimeoutMicros { get; init; }

    /// <summary>Time it needs between its answer and its next request, microseconds.</summary>
    public required long GapMicros { get; init; }

    /// <summary>Until when it needs its time behind its last answer, or gives way to an answer that may still come.</summary>
    public long QuietUntil { get; private set; } = long.MinValue;

    /// <summary>Not asked before.</summary>
    public long AskAt { get; private set; } = long.MinValue;

    /// <summary>Why it is not asked.</summary>
    public Quality Reason { get; private set; }

    /// <summary>True once its silence was logged.</summary>
    public bool SaidSilent { get; set; }

    /// <summary>True once two answers to one request were logged.</summary>
    public bool SaidTwice { get; set; }

    /// <summary>It did not answer: leave it alone for a while, longer each time. A lone device hurts nobody and is asked on.</summary>
    /// <param name="now">The time.</param>
    /// <param name="reason">For its samples.</param>
    /// <param name="alone">No other device waits.</param>
    public void FellSilent(long now, Quality reason, bool alone)
    {
        Reason = reason;
        if (!alone) _pause = _pause == 0 ? FirstPause : Math.Min(2 * _pause, LongestPause);
        AskAt = Math.Max(now + _pause, _lateUntil);
    }

    /// <summary>An answer of it may still come, and would be taken for that of its next request: it is left alone until none can.</summary>
    public void MayAnswer(long until, Quality reason)
    {
        if (AskAt < until) (AskAt, Reason) = (until, reason);
        _lateUntil = Math.Max(_lateUntil, until);
    }

    /// <summary>An answer that may still come would be taken for its own: it waits.</summary>
    public void GiveWay(long until)
    {
        if (QuietUntil < until) (QuietUntil, _turns) = (until, 0);
    }

    /// <summary>Its answer was damaged, or its line fell while it was asked: true from the third time in a row on.</summary>
    public bool Disturbs() => ++_disturbed >= DisturbedLimit;

    /// <summary>A request to it is over: it needs its time.</summary>
    public void Rest(long now)
    {
        if (GapMicros > 0) GiveWay(now + GapMicros);
    }

    /// <summary>When the next one of its blocks that wait for this has its turn: each a microsecond behind the one before, so that they keep their order.</summary>
    public long TakeTurn() => QuietUntil + _turns++;

    /// <summary>It answered: ask it at its period.</summary>
    public void BeAsked()
    {
        _disturbed = 0;
        _pause = 0;
        AskAt = long.MinValue;
    }

    /// <summary>Its line is new: ask it as soon as no late reply can come, unless the line is new because of it.</summary>
    public void BeTried()
    {
        if (_disturbed >= DisturbedLimit) return;
        _pause = 0;
        AskAt = _lateUntil;
    }
}
