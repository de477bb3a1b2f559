namespace EdgeGateway.Metering.Tests.Windows;

/// <summary>Tests that measure the whole process's memory, beside no other.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
