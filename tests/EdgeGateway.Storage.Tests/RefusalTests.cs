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

    /// <summary>As a card does whose file system has met an error: the kernel makes it read-only while files are open for writing.</summary>
    [Fact]
    public async Task A_file_system_that_turns_read_only_while_it_runs_costs_nothing_that_was_durable()
    {
        var (mount, image) = (Directory.CreateDirectory(Path.Combine(_folder.Folder, "disk")).FullName, Path.Combine(_folder.Folder, "image"));
        Assert.SkipUnless(Environment.UserName == "root" && await CanLoopAsync(image), "This machine lets nobody mount a loop device.");
        var output = await RunAsync(["--mount"], $$"""
            device=$(losetup -f --show '{{image}}')
            trap "umount -l '{{mount}}' || true; losetup -d $device" EXIT
            mount -t ext4 -o errors=remount-ro $device '{{mount}}'
            mkfifo '{{_folder.Folder}}/go'
            dotnet '{{Writer}}' '{{mount}}/gateway.db' readonly < '{{_folder.Folder}}/go' > '{{_folder.Folder}}/said' &
            writer=$!
            exec 9> '{{_folder.Folder}}/go'
            until grep -q half '{{_folder.Folder}}/said'; do kill -0 $writer; sleep 0.1; done
            echo test > /sys/fs/ext4/${device#/dev/}/trigger_fs_error
            echo go >&9
            wait $writer
            cat '{{_folder.Folder}}/said'
            umount '{{mount}}'
            e2fsck -p $device || test $? -lt 4
            mount -t ext4 $device '{{mount}}'
            dotnet '{{Writer}}' '{{mount}}/gateway.db' half
            """);
        Assert.Contains("refused: ", output, StringComparison.Ordinal);
        Assert.Contains("read-only", output, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<bool> CanLoopAsync(string image)
    {
        await using var make = PeerProcess.Start("sh", ["-ec", $"truncate -s 24M '{image}'; mkfs.ext4 -q -F '{image}'; losetup -d $(losetup -f --show '{image}')"]);
        await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        return make.ExitCode == 0;
    }

    private static async Task<string> RunAsync(string[] unshare, string script)
    {
        await using var child = PeerProcess.Start("unshare", [.. unshare, "sh", "-ec", script]);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(child.ExitCode == 0, $"{child.ExitCode}: {child.Output}");
        return child.Output;
    }
}
