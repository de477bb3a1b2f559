using System.CommandLine;
using System.Globalization;
using EdgeGateway.Browsing;
using EdgeGateway.Drivers.OpcUa.Certificates;
using EdgeGateway.Drivers.OpcUa;
using EdgeGateway.Reading;

namespace EdgeGateway.Commands;

/// <summary><c>certs list | show | trust | reject | renew</c>: certificates of OPC UA connections. Changes count at the gateway's next attempt to connect; <c>renew</c> at its next start.</summary>
internal static class CertsCommand
{
    public static Command Create()
    {
        var command = new Command("certs", "Certificates of OPC UA: the gateway's own, and servers that are trusted or were refused.");
        command.Subcommands.Add(List());
        command.Subcommands.Add(Show());
        command.Subcommands.Add(Trust());
        command.Subcommands.Add(Reject());
        command.Subcommands.Add(Renew());
        return command;
    }

    private static Command List()
    {
        var place = new StorePlace();
        var command = place.On(new Command("list", "Own, trusted, issuing and refused certificates, with their fingerprints."));
        command.SetAction(parsed => place.With(parsed, (store, _) =>
        {
            var any = false;
            foreach (var folder in Enum.GetValues<StoreFolder>())
            {
                foreach (var stored in store.List(folder))
                {
                    using var __ = stored;
                    any = true;
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{CertificateStore.WordOf(folder),-8}  {stored.Fingerprint[..16]}  until {stored.Certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}  {PointText.Printable(stored.Certificate.Subject)}{Remark(stored)}"));
                }
            }
            if (!any) Console.WriteLine($"No certificates yet in {Path.GetFullPath(store.Root)}; the own one is made when a connection starts.");
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Show()
    {
        var (place, fingerprint) = (new StorePlace(), Fingerprint());
        var command = place.On(new Command("show", "All about one certificate.") { fingerprint });
        command.SetAction(parsed => place.With(parsed, (store, _) =>
        {
            var problem = store.Find(parsed.GetRequiredValue(fingerprint), Enum.GetValues<StoreFolder>(), out var found);
            if (problem is not null) return Refuse(problem);
            using (found) foreach (var line in CertificateText.Lines(found!)) Console.WriteLine(PointText.Printable(line));
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Trust()
    {
        var place = new StorePlace();
        var which = new Argument<string>("fingerprint or file") { Description = "The beginning of a refused certificate's fingerprint (8 digits or more), or a certificate's file (DER or PEM)." };
        var issuer = new Option<bool>("--issuer") { Description = "An authority that completes chains but grants no trust by itself." };
        var command = place.On(new Command("trust", "Trust a server whose certificate was refused, or a certificate in a file. Compare the fingerprint with the server's first.") { which, issuer });
        command.SetAction(parsed => place.With(parsed, (store, _) =>
        {
            var (text, folder) = (parsed.GetRequiredValue(which), parsed.GetValue(issuer) ? StoreFolder.Issuer : StoreFolder.Trusted);
            var problem = File.Exists(text) ? store.Add(text, folder) : store.Move(text, StoreFolder.Rejected, folder);
            return Done(problem, $"Trusted. A running gateway connects at its next attempt.");
        }));
        return command;
    }

    private static Command Reject()
    {
        var (place, fingerprint) = (new StorePlace(), Fingerprint());
        var command = place.On(new Command("reject", "No longer trust a certificate.") { fingerprint });
        command.SetAction(parsed => place.With(parsed, (store, _) =>
            Done(store.Move(parsed.GetRequiredValue(fingerprint), StoreFolder.Trusted, StoreFolder.Rejected), "No longer trusted. A session that stands goes on until its line breaks.")));
        return command;
    }

    private static Command Renew()
    {
        var place = new StorePlace();
        var command = place.On(new Command("renew", "Make a new own certificate. Servers must be told to trust it; the gateway uses it from its next start on."));
        command.SetAction(parsed => place.With(parsed, (store, uri) =>
        {
            var fingerprint = ConnectionCertificates.Renew(store, uri, TimeProvider.System.GetUtcNow());
            Console.WriteLine($"New own certificate {fingerprint}");
            Console.WriteLine($"in {Path.GetFullPath(store.FolderOf(StoreFolder.Own))}. Let the servers trust it, then restart the gateway.");
            return ExitCode.Done;
        }));
        return command;
    }

    private static Argument<string> Fingerprint() => new("fingerprint") { Description = "The beginning of its fingerprint, 8 digits or more." };

    private static string Remark(StoredCertificate stored)
    {
        var days = (stored.Certificate.NotAfter.ToUniversalTime() - TimeProvider.System.GetUtcNow().UtcDateTime).TotalDays;
        if (days < 0) return "  EXPIRED";
        if (days < OwnCertificate.WarnDays) return string.Create(CultureInfo.InvariantCulture, $"  ends in {days:0} days{(stored.Folder == StoreFolder.Own ? ": certs renew" : "")}");
        return "";
    }

    private static int Done(string? problem, string text)
    {
        if (problem is not null) return Refuse(problem);
        Console.WriteLine(text);
        return ExitCode.Done;
    }

    private static int Refuse(string problem)
    {
        Console.Error.WriteLine(problem + ".");
        return ExitCode.Faults;
    }

    /// <summary>Where the stores lie: a folder, or what a map's connection says.</summary>
    private sealed class StorePlace
    {
        private readonly Option<string?> _pki = new("--pki") { Description = $"The folder of certificates; {ConnectionCertificates.DefaultFolder} where neither this nor a map is given." };
        private readonly Option<string?> _map = new("--map") { Description = "The map whose opc_ua connection says where they are." };
        private readonly Option<string?> _connection = new("--connection") { Description = "That connection, where there are several." };

        public Command On(Command command)
        {
            command.Options.Add(_pki);
            command.Options.Add(_map);
            command.Options.Add(_connection);
            return command;
        }

        public int With(ParseResult parsed, Func<CertificateStore, string?, int> act)
        {
            var (pki, map) = (parsed.GetValue(_pki), parsed.GetValue(_map));
            try
            {
                if (map is null) return act(new CertificateStore(pki ?? ConnectionCertificates.DefaultFolder), null);
                if (OpcUaTarget.OfMap(map, parsed.GetValue(_connection)) is not { } target) return ExitCode.Faults;
                return act(ConnectionCertificates.StoreOf(target.Options), ConnectionCertificates.ApplicationUriOf(target.Options));
            }
            catch (Exception e) when (e is OpcUaSetupException or IOException or UnauthorizedAccessException)
            {
                return Refuse(e.Message.TrimEnd('.'));
            }
        }
    }
}
