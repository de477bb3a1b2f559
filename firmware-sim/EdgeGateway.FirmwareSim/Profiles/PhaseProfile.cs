namespace EdgeGateway.FirmwareSim.Profiles;

/// <summary>What a line goes through.</summary>
public enum LinePhase
{
    /// <summary>Off; its state is stopped.</summary>
    Stopped,

    /// <summary>Heating up; its state is idle.</summary>
    StartUp,

    /// <summary>Producing; its state is running.</summary>
    Running,

    /// <summary>Waiting for material; its state is idle.</summary>
    Idle,
}

/// <summary>How long a phase lasts and what it draws.</summary>
/// <param name="Micros">Duration in microseconds, at least 1; a shift's end cuts it short.</param>
/// <param name="Milliwatts">Band of its power.</param>
public readonly record struct PhaseProfile(Between Micros, Between Milliwatts);
