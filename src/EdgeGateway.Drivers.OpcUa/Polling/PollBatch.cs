namespace EdgeGateway.Drivers.OpcUa.Polling;

/// <summary>One Read request, encoded once.</summary>
internal sealed class PollBatch(int[] points, byte[] items)
{
    public int[] Points => points;

    public ReadOnlySpan<byte> Items => items;

    /// <summary>The server refused it as a whole for another reason than its size.</summary>
    public bool Broken { get; set; }
}
