namespace EdgeGateway.DeviceMaps.Sources;

/// <summary>What an <c>include</c> or <c>overlay</c> led to.</summary>
/// <param name="Documents">The documents, in the order in which they apply.</param>
/// <param name="Problem">Why there is none, in plain words and as the end of a sentence with its full stop; null where all is well.</param>
public sealed record FoundDocuments(IReadOnlyList<MapDocument> Documents, string? Problem = null);
