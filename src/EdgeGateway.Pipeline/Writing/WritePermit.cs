namespace EdgeGateway.Pipeline.Writing;

/// <summary>The capability to write to devices. One is made where the gateway was started with writes enabled, and nowhere else; a bus without it builds no writing request.</summary>
public sealed class WritePermit
{
    private WritePermit()
    {
    }

    /// <summary>Grants it; called by the executable for <c>run --enable-writes</c>.</summary>
    public static WritePermit Grant() => new();
}
