using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Commands;
using EdgeGateway.Composition;
using EdgeGateway.Pipeline.Time;

namespace EdgeGateway.Diagnosis;

/// <summary>Looks at what a gateway with this map needs of the box: disk, clock, page, certificate. Changes nothing and talks to no device.</summary>
internal sealed class BoxChecks(LoadedMap map, string storePath, TimeProvider time, IClockSource clock)
{
    private const long LittleSpace = 512L * 1024 * 1024;
    private static readonly TimeSpan SoonExpired = TimeSpan.FromDays(30);

    public IEnumerable<Finding> Run()
    {
        yield return new(Verdict.Well, "map", MapArgument.Summary(map.Plant) + ".");
        yield return Store();
        yield return Space();
        yield return clock.IsSynchronised
            ? new(Verdict.Well, "clock", "synchronised, says the kernel.")
            : new(Verdict.Note, "clock", $"no time synchronisation vouches for it: records will say clock_unverified after {map.Plant.Gateway.ClockWait.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture)} min. Install chrony, or enable systemd-timesyncd.");
        yield return Page();
        if (Certificate() is { } certificate) yield return certificate;
    }

    private Finding Store()
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(storePath))!;
        if (!Directory.Exists(folder)) return new(Verdict.Note, "store", $"{folder} does not exist yet; run makes it.");
        var trial = Path.Combine(folder, ".doctor-" + Guid.NewGuid().ToString("N"));
        try
        {
            File.WriteAllText(trial, "");
            File.Delete(trial);
            return new(Verdict.Well, "store", $"{folder} can be written.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(Verdict.Fault, "store", $"{folder} cannot be written: {e.Message} Give the gateway's user the folder, or set store.path.");
        }
    }

    private Finding Space()
    {
        try
        {
            var folder = new DirectoryInfo(Path.GetDirectoryName(Path.GetFullPath(storePath))!);
            while (!folder.Exists && folder.Parent is { } parent) folder = parent;
            var free = new DriveInfo(folder.FullName).AvailableFreeSpace;
            var text = string.Create(CultureInfo.InvariantCulture, $"{free / 1024 / 1024} MiB free where the store lies.");
            return free < LittleSpace ? new(Verdict.Note, "disk", text + " Under 512 MiB the log may fill it; free space.") : new(Verdict.Well, "disk", text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new(Verdict.Note, "disk", $"its free space is not told: {e.Message}");
        }
    }

    private Finding Page()
    {
        if (GatewayPage.Problem(map) is { } problem) return new(Verdict.Fault, "page", problem);
        if (map.Plant.Dashboard.Listen is not { } listen) return new(Verdict.Well, "page", "switched off.");
        try
        {
            using var socket = new Socket(listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(listen.Address, listen.Port));
            return new(Verdict.Well, "page", $"{listen} is free.");
        }
        catch (SocketException e)
        {
            return new(Verdict.Note, "page", $"{listen} is taken or refused ({e.Message}): by the running gateway, or by another program; then set dashboard.listen.");
        }
    }

    private Finding? Certificate()
    {
        if (map.Plant.Dashboard.Certificate is not { } file) return null;
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(map.Folder, file)));
            var left = certificate.NotAfter.ToUniversalTime() - time.GetUtcNow().UtcDateTime;
            var until = $"valid until {certificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.";
            return left < TimeSpan.Zero ? new(Verdict.Fault, "certificate", until + " Browsers refuse it: renew it.")
                : left < SoonExpired ? new(Verdict.Note, "certificate", until + " Renew it soon.") : new(Verdict.Well, "certificate", until);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            return new(Verdict.Fault, "certificate", e.Message);
        }
    }
}
