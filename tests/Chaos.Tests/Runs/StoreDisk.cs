using System.Diagnostics;
using System.Globalization;

namespace Chaos.Tests.Runs;

/// <summary>Where the gateway's store lies: a folder, or a small file system of its own in memory that can be filled to the last byte.</summary>
internal sealed class StoreDisk : IAsyncDisposable
{
    private const int Megabytes = 24;
    private readonly DirectoryInfo _folder;
    private readonly bool _mounted;

    private StoreDisk(DirectoryInfo folder, bool mounted) => (_folder, _mounted) = (folder, mounted);

    public string StorePath => Path.Combine(_folder.FullName, "gateway.db");

    private string Filler => Path.Combine(_folder.FullName, "filler");

    public static async Task<StoreDisk> MakeAsync(bool canBeFilled)
    {
        var folder = Directory.CreateTempSubdirectory("chaos-store-");
        if (!canBeFilled) return new StoreDisk(folder, mounted: false);
        var (code, said) = await RunAsRootAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={Megabytes}m,mode=0777"), "chaos", folder.FullName);
        if (code != 0) throw new InvalidOperationException($"A full disk needs a file system of its own, and mounting one is refused: {said}");
        return new StoreDisk(folder, mounted: true);
    }

    /// <summary>Takes every free byte.</summary>
    public void Fill()
    {
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

    public void Free() => File.Delete(Filler);

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
