using EdgeGateway.Peers;

namespace EdgeGateway.Tests.Service;

/// <summary>The unit by which systemd runs the gateway.</summary>
public sealed class ServiceUnitTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_unit_is_understood_and_closed_as_stated()
    {
        // The binary that the unit starts is installed elsewhere: here another one stands for it.
        var unit = Path.Combine(_folder.FullName, "edgegateway.service");
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "packaging", "edgegateway.service"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(unit, text.Replace("/usr/bin/edgegateway", "/bin/true", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        await using var verify = PeerProcess.Start("systemd-analyze", ["verify", "--man=no", unit]);
        await verify.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        // It ends with 0 for unknown keys too: what it says counts.
        Assert.DoesNotContain("edgegateway.service", verify.Output, StringComparison.Ordinal);

        await using var security = PeerProcess.Start("systemd-analyze", ["security", "--offline=true", "--no-pager", unit]);
        await security.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        var verdict = security.Lines.Last(l => l.Contains("exposure level", StringComparison.Ordinal));
        var score = System.Text.RegularExpressions.Regex.Match(verdict, @": (\d+\.\d)").Groups[1].Value;
        foreach (var document in new[] { "docs/security.md", "docs/security.zh-CN.md" })
        {
            Assert.Contains($" {score}", await File.ReadAllTextAsync(Path.Combine(Repository.Root, document), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }
}
