using EdgeGateway.Peers;

namespace EdgeGateway.Storage.Tests;

/// <summary>Rights that are missing and file systems that are read-only, for real: children in namespaces of their own, without privilege, see no root's rights.</summary>
public sealed class RefusalTests : IDisposable
{
    private static readonly string Writer = Path.Combine(AppContext.BaseDirectory, "EdgeGateway.Storage.Writer.dll");

    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_read_only_file_system_is_refused_in_words_and_nothing_is_lost()
    {
        var mount = Directory.CreateDirectory(Path.Combine(_folder.Folder, "disk")).FullName;
        var output = await RunAsync(["--mount", "--map-root-user"], $"""
            mount -t tmpfs -o size=8m none '{mount}'
            dotnet '{Writer}' '{mount}/gateway.db' fill
            mount -o remount,ro '{mount}'
            dotnet '{Writer}' '{mount}/gateway.db' refused
            mount -o remount,rw '{mount}'
            dotnet '{Writer}' '{mount}/gateway.db' check
            """);
        Assert.Contains("refused: ", output, StringComparison.Ordinal);
        Assert.Contains("gateway.db", output, StringComparison.Ordinal);
        Assert.Contains("read-only", output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("chmod 000 '{0}/gateway.db'", "chmod 600 '{0}/gateway.db'")]
    [InlineData("chmod 400 '{0}/gateway.db'", "chmod 600 '{0}/gateway.db'")]
    [InlineData("rm '{0}/gateway.db.lock'; chmod 500 '{0}'", "chmod 700 '{0}'")]
    public async Task Missing_rights_at_the_start_are_refused_in_words_and_nothing_is_lost(string take, string give)
    {
        var output = await RunAsync(["--map-user=1000"], $"""
            dotnet '{Writer}' '{_folder.Path}' fill
            {string.Format(System.Globalization.CultureInfo.InvariantCulture, take, _folder.Folder)}
            dotnet '{Writer}' '{_folder.Path}' refused
            {string.Format(System.Globalization.CultureInfo.InvariantCulture, give, _folder.Folder)}
            dotnet '{Writer}' '{_folder.Path}' check
            """);
        Assert.Contains("refused: ", output, StringComparison.Ordinal);
        Assert.Contains("gateway", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rights_lost_while_it_runs_stop_readers_until_they_are_back_and_no_commit()
    {
        var output = await RunAsync(["--map-user=1000"], $"dotnet '{Writer}' '{_folder.Path}' unreadable && dotnet '{Writer}' '{_folder.Path}' check");
        Assert.Contains("it may not be opened", output, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string[] unshare, string script)
    {
        await using var child = PeerProcess.Start("unshare", [.. unshare, "sh", "-ec", script]);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(child.ExitCode == 0, $"{child.ExitCode}: {child.Output}");
        return child.Output;
    }
}
