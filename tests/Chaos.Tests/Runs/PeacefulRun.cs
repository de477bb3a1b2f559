using Chaos.Tests.Judging;
using Chaos.Tests.Scripts;
using EdgeGateway.FirmwareSim.Ledgers;
using EdgeGateway.Peers;

namespace Chaos.Tests.Runs;

/// <summary>What a gateway publishes while nothing goes wrong.</summary>
/// <param name="Messages">All of them.</param>
/// <param name="Ledger">The truth.</param>
/// <param name="Until">UTC microseconds up to which all arrived.</param>
internal sealed record PeacefulRun(IReadOnlyList<MqttMessage> Messages, Ledger Ledger, long Until)
{
    public static async Task<PeacefulRun> PlayAsync()
    {
        var result = await ChaosRun.PlayAsync(new ChaosScript(77, Database: false, Vouched: true, Rtu: false, []));
        Assert.True(result.IsGood, string.Join('\n', result.Complaints.Concat(result.Log)));
        return new PeacefulRun(result.Messages, result.Ledger!, result.Until);
    }

    public IReadOnlyList<string> Judge(IReadOnlyList<MqttMessage> messages, IReadOnlyList<Outage> outages)
    {
        var arrivals = new Arrivals();
        arrivals.Take(messages);
        return new Judge(Ledger, arrivals, t => t).Complaints(Until, outages);
    }
}
