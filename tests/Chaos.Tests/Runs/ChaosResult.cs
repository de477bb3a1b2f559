using Chaos.Tests.Judging;
using Chaos.Tests.Scripts;
using EdgeGateway.FirmwareSim.Ledgers;
using EdgeGateway.Peers;

namespace Chaos.Tests.Runs;

/// <summary>How a script ended.</summary>
/// <param name="Script">The script.</param>
/// <param name="Complaints">What is wrong, each beginning with lost, doubled, wrong, unflagged or broken; empty where all is well.</param>
/// <param name="Arrivals">What arrived.</param>
/// <param name="Compared">Figures compared with the ledger.</param>
/// <param name="Log">What the gateway said.</param>
internal sealed record ChaosResult(ChaosScript Script, IReadOnlyList<string> Complaints, Arrivals Arrivals, int Compared, IReadOnlyList<string> Log)
{
    /// <summary>All messages, for whoever judges them again.</summary>
    public IReadOnlyList<MqttMessage> Messages { get; init; } = [];

    /// <summary>The truth; null where the run broke off.</summary>
    public Ledger? Ledger { get; init; }

    /// <summary>How often the gateway was killed.</summary>
    public int Kills { get; init; }

    /// <summary>By how much a timer of the suite was late at worst: what a machine with too much to do does to everyone.</summary>
    public TimeSpan Late { get; init; }

    /// <summary>UTC microseconds up to which everything had to arrive.</summary>
    public long Until { get; init; }

    public bool IsGood => Complaints.Count == 0;
}
