namespace EdgeGateway.Pipeline.Control;

/// <summary>One thing that can be asked of a running gateway through its control socket. Registered once, by one line, in the executable.</summary>
public interface IControlCommand
{
    /// <summary>Its name, as on the command line.</summary>
    string Name { get; }

    /// <summary>Does it. Called from any thread, by several callers at once; what it must not do twice it guards itself. A failure is an answer, not an exception.</summary>
    Task<ControlReply> RunAsync(ControlRequest request, CancellationToken cancellationToken);
}
