namespace EdgeGateway.FirmwareSim.Plants;

/// <summary>What a line does, as its PLC says it: the numbers stand in the state register.</summary>
public enum LineState
{
    /// <summary>Switched off, but for what never sleeps.</summary>
    Stopped = 0,

    /// <summary>Ready or heating up: it uses energy and makes nothing.</summary>
    Idle = 1,

    /// <summary>Makes pieces.</summary>
    Running = 2,
}
