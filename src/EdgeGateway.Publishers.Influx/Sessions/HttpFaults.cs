using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Influx.Options;
using EdgeGateway.Publishers.Influx.Sending;

namespace EdgeGateway.Publishers.Influx.Sessions;

/// <summary>Says in plain words what went wrong on the line to the database, and which setting to look at.</summary>
internal sealed class HttpFaults(InfluxSettings settings, TimeProvider time)
{
    private const int MostForeignWords = 160;

    private string Server => settings.Address.ToString();

    private string LoginOptions => settings.Version == 1 ? "username and password" : "token";

    /// <summary>The database answered, and lets no point in.</summary>
    public PublisherException Refused(HttpResponseMessage answer, byte[] body)
    {
        var what = (int)answer.StatusCode switch
        {
            401 when settings.Login() is null => $"it wants a login: set {LoginOptions}",
            401 => $"it does not accept the login: check {LoginOptions}",
            403 => $"no right to write to {settings.TargetOption} '{settings.Target}': check {LoginOptions} and what it is allowed to",
            404 when RefusalBody.Read(body) is null => $"there is no write API of version {settings.Version} at '{settings.WriteUri.AbsolutePath}': check url and version",
            404 => $"there is no such {settings.TargetOption}{(settings.Org is null ? "" : " or org")}: create it, or correct {settings.TargetOption} ('{settings.Target}'){Also("retention_policy", settings.RetentionPolicy)}{Also("org", settings.Org)}",
            >= 300 and < 400 => $"it points elsewhere ({answer.Headers.Location}): set url to the address itself",
            400 or 422 => "what answers there gives no reason of a database: check url",
            405 => $"there is no write API of version {settings.Version}: check url and version",
            _ => "it refused the write",
        };
        return new PublisherException($"{Server}: {what} ({Words(answer, body)}).");
    }

    /// <summary>No answer in time.</summary>
    public PublisherException Silent(Exception e) => new(string.Create(CultureInfo.InvariantCulture, $"{Server}: no answer within {settings.Timeout.TotalSeconds:0} s. Is it overloaded? If that is usual, raise timeout."), e);

    /// <summary>No connection came about, or it broke.</summary>
    public PublisherException NotReached(Exception e)
    {
        if (Find<AuthenticationException>(e) is { } tls)
        {
            return new PublisherException($"{Server}: {PublisherTls.NotTrusted(tls.Message, settings.ServerName ?? settings.Address.Host, time.GetUtcNow())}", e);
        }
        var what = Find<SocketException>(e)?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "nothing listens there. Is the database running, and are host and port of url right?",
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"the name '{settings.Address.Host}' is not known. Check url and the DNS of this machine.",
            SocketError.NetworkUnreachable or SocketError.HostUnreachable => "there is no way to it. Check url, cable, and gateway of this machine.",
            SocketError.TimedOut => "it does not answer. Check url and firewalls.",
            { } code => $"the connection broke ({code}).",
            _ when Find<TimeoutException>(e) is not null => "it does not answer. Check url and firewalls.",
            _ => $"no answer of a web server came: {e.Message.TrimEnd('.')}. Is this its port for {(settings.Address.Tls ? "https" : "http")}?",
        };
        return new PublisherException($"{Server}: {what}", e);
    }

    /// <summary><c>HTTP 404: database not found: "x"</c>.</summary>
    public static string Words(HttpResponseMessage answer, byte[] body)
    {
        var words = RefusalBody.Read(body)?.Reason ?? Foreign(body);
        return string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)answer.StatusCode}{(words.Length > 0 ? ": " : "")}{words}");
    }

    private static string Foreign(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, MostForeignWords)));
        return new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]).Trim();
    }

    private static string Also(string option, string? value) => value is null ? "" : $", {option} ('{value}')";

    private static T? Find<T>(Exception e) where T : Exception
    {
        for (var at = e; at is not null; at = at.InnerException)
        {
            if (at is T found) return found;
        }
        return null;
    }
}
