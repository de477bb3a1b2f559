using System.Diagnostics;
using System.Globalization;

namespace Chaos.Tests.Runs;

/// <summary>Where the gateway's store lies: a folder, or a small file system of its own in memory that can be filled to the last byte.</summary>
/// <remarks>Where mounting is refused, the limit of file sizes of the gateway's process stands in: its writes fail just as well, with another error.</remarks>
internal sealed class StoreDisk : IAsyncDisposable
{
    private const int Megabytes = 24;
    private readonly DirectoryInfo _folder;
    private readonly bool _mounted;
    private bool _full;

    private StoreDisk(DirectoryInfo folder, bool mounted) => (_folder, _mounted) = (folder, mounted);

    public string StorePath => Path.Combine(_folder.FullName, "gateway.db");

    private string Filler => Path.Combine(_folder.FullName, "filler");

    public static async Task<StoreDisk> MakeAsync(bool canBeFilled)
    {
        var folder = Directory.CreateTempSubdirectory("chaos-store-");
        if (!canBeFilled) return new StoreDisk(folder, mounted: false);
        var (code, said) = await RunAsRootAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={Megabytes}m,mode=0777"), "chaos", folder.FullName);
        if (code != 0) await Console.Error.WriteLineAsync($"mounting is refused, so file sizes are limited instead: {said}");
        return new StoreDisk(folder, mounted: code == 0);
    }

    /// <summary>Takes every free byte.</summary>
    /// <param name="gateway">Process that writes there, if one runs.</param>
    public void Fill(int? gateway)
    {
        _full = true;
        if (!_mounted)
        {
            Limit(gateway);
            return;
        }
        using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        foreach (var size in new[] { 64 * 1024, 512, 1 })
        {
            var block = new byte[size];
            try
            {
                while (true) filler.Write(block);
            }
            catch (IOException)
            {
                // No room for a block of this size.
            }
        }
    }

    /// <summary>Gives them back.</summary>
    public void Free(int? gateway)
    {
        _full = false;
        if (_mounted) File.Delete(Filler);
        else Limit(gateway);
    }

    /// <summary>A process that begins, or the one that runs, is held to what the disk has.</summary>
    public void Limit(int? gateway)
    {
        if (_mounted || gateway is not { } pid) return;
        using var prlimit = Process.Start("prlimit", [string.Create(CultureInfo.InvariantCulture, $"--pid={pid}"), _full ? "--fsize=4096:" : "--fsize=unlimited:"]);
        prlimit.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (_mounted) await RunAsRootAsync("umount", "-l", _folder.FullName);
        _folder.Delete(recursive: true);
    }

    private static async Task<(int Code, string Said)> RunAsRootAsync(params string[] command)
    {
        string[] whole = Environment.UserName == "root" ? command : ["sudo", "-n", .. command];
        using var process = Process.Start(new ProcessStartInfo(whole[0], whole[1..]) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said.Trim());
    }
}
