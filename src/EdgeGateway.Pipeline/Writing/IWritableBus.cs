using EdgeGateway.Pipeline.Buses;

namespace EdgeGateway.Pipeline.Writing;

/// <summary>A bus that can write. It can only where <see cref="BusServices.Writes"/> was given to it.</summary>
public interface IWritableBus : IBus
{
    /// <summary>Writes one value between two requests of the bus's own, reads it back and compares. Any thread; the gate sends one at a time to a point.</summary>
    /// <returns>What became of it; a device that refuses or is silent is an outcome, not an exception.</returns>
    /// <exception cref="OperationCanceledException">The token ended the wait: whether the device took the value is not known.</exception>
    Task<WriteOutcome> WriteAsync(WriteOrder order, CancellationToken cancellationToken);
}
