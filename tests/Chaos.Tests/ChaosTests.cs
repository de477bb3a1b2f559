using Chaos.Tests.Campaigns;

namespace Chaos.Tests;

/// <summary>Random scripts of faults in real time.</summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    /// <summary>A script of ten seconds sees so many figures of three units at least, twice or thrice each.</summary>
    private const int LeastCompared = 40;

    [Fact]
    public async Task Nothing_is_lost_doubled_or_wrong()
    {
        var campaign = new Campaign(CampaignOptions.FromEnvironment(), output.WriteLine);
        var faulty = await campaign.RunAsync(TestContext.Current.CancellationToken);
        output.WriteLine($"{campaign.Played} scripts played, {campaign.Compared} figures compared with the ledger, the gateway killed {campaign.Kills} times");
        Assert.True(faulty.Count == 0, string.Join('\n', faulty));
        Assert.True(campaign.Compared >= campaign.Played * LeastCompared, $"Only {campaign.Compared} figures were compared in {campaign.Played} scripts.");
    }
}
