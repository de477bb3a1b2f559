using EdgeGateway.Pipeline.Publishing;

namespace EdgeGateway.Pipeline.Tests.Contract;

/// <summary>A real target of a kind of publisher, and what it says it holds.</summary>
public interface IContractTarget : IAsyncDisposable
{
    /// <summary>Host and port, as a message that names the target holds them.</summary>
    string Address { get; }

    /// <summary>A publisher called <c>target</c> that sends records only, of every kind, to it.</summary>
    IPublisher Publisher(bool fromOldest);

    /// <summary>Ends the target at once, as a power cut does.</summary>
    Task StopAsync();

    /// <summary>Has it stand still: lines stay up, and nothing is read or answered.</summary>
    void Freeze();

    /// <summary>Has it go on.</summary>
    void Thaw();

    /// <summary>Starts it again where it was.</summary>
    Task StartAgainAsync();

    /// <summary>The newest statement about every window that it holds: start in UTC microseconds, and the number of the revision. The same as an application behind it would see.</summary>
    Task<IReadOnlyDictionary<long, long>> HeldAsync();
}
