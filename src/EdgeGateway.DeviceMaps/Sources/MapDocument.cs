namespace EdgeGateway.DeviceMaps.Sources;

/// <summary>One text of a map.</summary>
/// <param name="Name">Name for places, as a person would write it; two documents of one name are the same document.</param>
/// <param name="Text">The whole text.</param>
public sealed record MapDocument(string Name, string Text);
