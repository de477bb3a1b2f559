namespace EdgeGateway.FirmwareSim.Profiles;

/// <summary>Part of each UTC day in which a line works.</summary>
/// <param name="Start">Since midnight.</param>
/// <param name="End">Since midnight, after <paramref name="Start"/> and at most 24 h.</param>
public readonly record struct Shift(TimeSpan Start, TimeSpan End);
