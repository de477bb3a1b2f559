using EdgeGateway.Records.Samples;

namespace EdgeGateway.Pipeline.Buses;

/// <summary>Where a bus hands its samples over. Thread-safe.</summary>
public interface ISampleSink
{
    /// <summary>An empty block; the bus owns it until it posts or returns it.</summary>
    SampleBlock Rent();

    /// <summary>Hands a block over without waiting. False where the gateway is behind: the bus still owns the block, returns it, skips this cycle and counts it.</summary>
    bool TryPost(SampleBlock block);

    /// <summary>Gives back a block that is not posted.</summary>
    void Return(SampleBlock block);
}
