namespace EdgeGateway.Tests.Processes;

/// <summary>Tests that measure the memory of the process: nothing else runs meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "alone";
}
