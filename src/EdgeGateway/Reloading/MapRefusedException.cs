namespace EdgeGateway.Reloading;

/// <summary>The map cannot follow the one in the store, and there is none to start with instead.</summary>
/// <param name="lines">What is wrong, for people.</param>
internal sealed class MapRefusedException(IReadOnlyList<string> lines) : Exception(lines.Count > 0 ? lines[0] : "The map is refused.")
{
    public IReadOnlyList<string> Lines => lines;
}
