namespace EdgeGateway.Logs;

/// <summary>Where log lines go. Called from any thread, one at a time; never throws, for a full disk must not end what measures.</summary>
internal interface ILogTarget : IDisposable
{
    void Write(in LogLine line);
}
