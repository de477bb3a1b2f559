using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt.Options;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace EdgeGateway.Publishers.Mqtt.Sessions;

/// <summary>Says in plain words what went wrong on the line to the broker, and which setting to look at.</summary>
internal sealed class LineFaults(MqttSettings settings, BrokerAddress address, TimeProvider time)
{
    /// <summary>How long to keep away after another client took the session.</summary>
    public static readonly TimeSpan TakenOverPause = TimeSpan.FromMinutes(2);

    private volatile string? _certificate;

    private string Broker => address.ToString();

    private string NotThisVersion => settings.IsVersion5 ? "it does not speak MQTT 5: set protocol to 3.1.1" : "it does not speak MQTT 3.1.1: set protocol to 5";

    private string Port => address.Tls ? settings.ClientCertificate is { } shown ? $"Is this its TLS port, and does it trust the authority of client_certificate ('{shown}')?" : "Is this its TLS port, and does it want a client_certificate?" : "Is this its port for mqtt://, and not for mqtts://?";

    /// <summary>Keeps what is wrong with the broker's certificate, for the message. Any thread.</summary>
    public void RefuseCertificate(string complaint) => _certificate = complaint;

    /// <summary>The broker answered CONNECT, with a refusal.</summary>
    public PublisherException Refused(MqttClientConnectResultCode code, string? brokersWords)
    {
        var what = code switch
        {
            MqttClientConnectResultCode.BadUserNameOrPassword when settings.Username is null => "it wants a user: set username and password",
            MqttClientConnectResultCode.BadUserNameOrPassword => $"wrong user name or password: check username ('{settings.Username}') and password",
            MqttClientConnectResultCode.NotAuthorized when settings.Username is null => "it does not let clients in without a user: set username and password",
            MqttClientConnectResultCode.NotAuthorized => $"wrong user name or password, or no right to connect: check username ('{settings.Username}'), password, and the broker's access list",
            MqttClientConnectResultCode.ClientIdentifierNotValid => $"it does not accept the client_id '{settings.ClientId}'",
            MqttClientConnectResultCode.UnsupportedProtocolVersion => NotThisVersion,
            MqttClientConnectResultCode.RetainNotSupported => "it keeps no retained messages, which the status topic needs",
            MqttClientConnectResultCode.QoSNotSupported => "it does not grant QoS 1, without which nothing is acknowledged",
            MqttClientConnectResultCode.TopicNameInvalid => $"it does not accept the status topic below '{settings.Root}': check topic",
            MqttClientConnectResultCode.BadAuthenticationMethod => "it wants another way of logging in than a user name and password",
            MqttClientConnectResultCode.Banned => "it has banned this client",
            MqttClientConnectResultCode.ServerBusy or MqttClientConnectResultCode.ServerUnavailable => "it is busy or not available",
            MqttClientConnectResultCode.ConnectionRateExceeded or MqttClientConnectResultCode.QuotaExceeded => "its quota or connection rate is exceeded",
            MqttClientConnectResultCode.UseAnotherServer or MqttClientConnectResultCode.ServerMoved => "it has moved: change url",
            MqttClientConnectResultCode.PacketTooLarge => "it takes no packet as large as CONNECT",
            // MQTT 3.1.1 refuses with small numbers; 1 is an unknown protocol version.
            _ when (int)code < 0x80 => NotThisVersion,
            _ => "it gave no nearer reason",
        };
        return new PublisherException($"{Broker} refused the connection: {what} ({Code((byte)code)}{Words(brokersWords)}).");
    }

    /// <summary>No connection came about.</summary>
    public PublisherException NotConnected(Exception e) => Find<PublisherException>(e) ?? new PublisherException($"{Broker}: {WhyNotConnected(e)}", e);

    /// <summary>The broker gave no answer in time.</summary>
    public PublisherException Silent(string what, TimeSpan limit, Exception? e = null) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Broker}: {what} within {limit.TotalSeconds:0} s."), e ?? new TimeoutException());

    /// <summary>A line that stood broke, where what the broker said last is known or not.</summary>
    public PublisherException Lost(Exception e, MqttClientDisconnectedEventArgs? end)
    {
        var said = Find<MqttClientUnexpectedDisconnectReceivedException>(e);
        var code = said?.ReasonCode is { } c ? (byte)c : end is { Reason: not MqttClientDisconnectReason.NormalDisconnection } ? (byte)end.Reason : (byte)0;
        var words = said?.ReasonString ?? end?.ReasonString;
        var what = (MqttDisconnectReasonCode)code switch
        {
            MqttDisconnectReasonCode.SessionTakenOver => $"another client uses the client_id '{settings.ClientId}'; give each gateway its own",
            MqttDisconnectReasonCode.ServerShuttingDown => "the broker is shutting down",
            MqttDisconnectReasonCode.KeepAliveTimeout => "the broker heard nothing within keep_alive",
            MqttDisconnectReasonCode.PacketTooLarge => "a packet was too large for the broker",
            MqttDisconnectReasonCode.ReceiveMaximumExceeded => "the broker counted more messages under way than it allows",
            MqttDisconnectReasonCode.QuotaExceeded or MqttDisconnectReasonCode.MessageRateTooHigh => "a quota or rate of the broker is exceeded",
            MqttDisconnectReasonCode.NotAuthorized => "the broker no longer lets this client in: check username, password and the broker's access list",
            MqttDisconnectReasonCode.AdministrativeAction => "the broker's operator ended it",
            _ => null,
        };
        if (what is not null)
        {
            // Two boxes of one name would throw each other out for ever, each time with a message half sent.
            var pause = (MqttDisconnectReasonCode)code == MqttDisconnectReasonCode.SessionTakenOver ? TakenOverPause : TimeSpan.Zero;
            return new PublisherException($"{Broker} ended the connection: {what} ({Code(code)}{Words(words)}).", e) { After = pause };
        }
        if (code >= 0x80) return new PublisherException($"{Broker} ended the connection ({Code(code)}{Words(words)}).", e);
        var socket = Find<SocketException>(e) ?? (end?.Exception is { } ending ? Find<SocketException>(ending) : null);
        if (socket is not null) return new PublisherException($"{Broker}: the connection broke ({socket.SocketErrorCode}).", e);
        return new PublisherException($"{Broker} closed the connection without a reason. Where this comes again and again: does another client use the client_id '{settings.ClientId}'?", e);
    }

    private string WhyNotConnected(Exception e)
    {
        if (Find<AuthenticationException>(e) is { } tls)
        {
            return PublisherTls.NotTrusted(_certificate ?? tls.Message, settings.ServerName ?? address.Host, time.GetUtcNow());
        }
        if (Find<SocketException>(e) is { } socket)
        {
            return socket.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => "nothing listens there. Is the broker running, and are host and port of url right?",
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"the name '{address.Host}' is not known. Check url and the DNS of this machine.",
                SocketError.NetworkUnreachable or SocketError.HostUnreachable => "there is no way to it. Check url, cable, and gateway of this machine.",
                SocketError.TimedOut => "it does not answer. Check url and firewalls.",
                _ => $"the connection failed ({socket.SocketErrorCode}). {Port}",
            };
        }
        if (Find<MqttProtocolViolationException>(e) is not null) return $"what answers there is no MQTT {(settings.IsVersion5 ? "5" : "3.1.1")} broker. Check host and port of url{(settings.IsVersion5 ? ", and protocol" : "")}.";
        return "it closed the connection at once. " + Port;
    }

    private static string Code(byte code) => string.Create(CultureInfo.InvariantCulture, $"MQTT reason 0x{code:X2}");

    private static string Words(string? words) => string.IsNullOrEmpty(words) ? "" : $": {words}";

    private static T? Find<T>(Exception e) where T : Exception
    {
        for (var at = e; at is not null; at = at.InnerException)
        {
            if (at is T found) return found;
        }
        return null;
    }
}
