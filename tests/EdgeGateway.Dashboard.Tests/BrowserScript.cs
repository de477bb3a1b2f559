using EdgeGateway.Peers;

namespace EdgeGateway.Dashboard.Tests;

/// <summary>Runs a script of the folder browser in Node, which drives a real Chromium, and takes over its verdicts.</summary>
internal static class BrowserScript
{
    private static string Folder => Path.Combine(EdgeGateway.Tests.Repository.Root, "tests", "EdgeGateway.Dashboard.Tests", "browser");

    public static PeerProcess Start(string script, IEnumerable<string> arguments) => PeerProcess.Start("node", [Path.Combine(Folder, script), .. arguments], directory: Folder);

    /// <summary>Runs a script to its end; every check it made must hold, and it must have made some.</summary>
    public static async Task RunAsync(string script, IEnumerable<string> arguments, TimeSpan limit)
    {
        await using var node = Start(script, arguments);
        await JudgeAsync(node, limit);
    }

    public static async Task JudgeAsync(PeerProcess node, TimeSpan limit)
    {
        await node.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(limit, TestContext.Current.CancellationToken);
        foreach (var line in node.Lines.Where(l => l.StartsWith("# ", StringComparison.Ordinal))) TestContext.Current.TestOutputHelper?.WriteLine(line);
        var broken = string.Join('\n', node.Lines.Where(l => l.StartsWith("not ok", StringComparison.Ordinal)));
        Assert.True(node.ExitCode == 0 && broken.Length == 0 && node.Lines.Any(l => l.StartsWith("ok ", StringComparison.Ordinal)), broken.Length > 0 ? broken : node.Output);
    }
}
