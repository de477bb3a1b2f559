namespace EdgeGateway.Commands;

/// <summary>Exit codes, as the help text lists them.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Faults = 1;
    public const int Usage = 2;
    public const int Store = 3;
    public const int Defect = 70;

    /// <summary>Ended at once by a second Ctrl-C, as shells count it: 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
