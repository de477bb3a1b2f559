using System.Collections.Immutable;

namespace EdgeGateway.FirmwareSim.Faults;

/// <summary>A fault script that cannot be run, with everything that is wrong in it.</summary>
public sealed class FaultScriptException : Exception
{
    /// <summary>Names <paramref name="errors"/>.</summary>
    public FaultScriptException(ImmutableArray<string> errors)
        : base(string.Join('\n', errors)) => Errors = errors;

    /// <summary>An empty one.</summary>
    public FaultScriptException()
        : this([])
    {
    }

    /// <summary>One error.</summary>
    public FaultScriptException(string message)
        : this([message])
    {
    }

    /// <summary>One error with its cause.</summary>
    public FaultScriptException(string message, Exception innerException)
        : base(message, innerException) => Errors = [message];

    /// <summary>All errors, each with its line.</summary>
    public ImmutableArray<string> Errors { get; }
}
