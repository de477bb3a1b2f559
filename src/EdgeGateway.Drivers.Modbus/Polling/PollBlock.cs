using EdgeGateway.Modbus.Planning;

namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>A planned request and the state of its polling. Owned by the bus machine.</summary>
internal sealed class PollBlock(PollDevice device, ReadBlock plan, ReadBlock origin, int order)
{
    public PollDevice Device { get; } = device;

    public ReadBlock Plan { get; } = plan;

    /// <summary>The block of the plan that this one is a part of; itself where nothing was split.</summary>
    public ReadBlock Origin { get; } = origin;

    /// <summary>Breaks ties between blocks that are due at once, so that runs repeat.</summary>
    public int Order { get; } = order;

    /// <summary>Start of the cycle to serve next.</summary>
    public long Due { get; set; }

    /// <summary>Start of the cycle being served.</summary>
    public long Cycle { get; set; }

    /// <summary>Not asked before: a register that the device refuses is asked rarely.</summary>
    public long AskAt { get; set; } = long.MinValue;

    /// <summary>Pause before a refused register is asked again; 0 while it is not refused.</summary>
    public long RefusedPause { get; set; }

    /// <summary>Replaced by its halves or by its origin; what is left of it in the queue is dropped.</summary>
    public bool Retired { get; set; }

    /// <summary>What was last logged of it, or null.</summary>
    public string? Trouble { get; set; }
}
