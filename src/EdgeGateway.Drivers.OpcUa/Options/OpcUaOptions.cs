using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Security;

namespace EdgeGateway.Drivers.OpcUa.Options;

/// <summary>Whose clock stamps a device's samples.</summary>
internal enum TimeOrigin
{
    Source,
    Server,
    Gateway,
}

/// <summary>How a device's values are got.</summary>
internal enum ReadingWay
{
    Subscribe,
    Poll,
}

/// <summary>Number format a counter's node is declared with: a float's step is never finer than its unit in the last place.</summary>
internal enum NodeFormat
{
    Integer,
    Float,
    Double,
}

/// <summary>The options of <c>opc_ua</c>, each described once.</summary>
internal static class OpcUaOptions
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Hour = TimeSpan.FromHours(1);

    public static Option<string> Endpoint { get; } = OptionOf.Text("endpoint", "URL of the server, such as opc.tcp://192.168.1.20:4840; it is dialled as written, whatever the server calls itself.", required: true, check: CheckEndpoint).WithExample("opc.tcp://192.168.1.20:4840");

    public static Option<SecurityPolicy> Policy { get; } = OptionOf.Choice("policy", "Security policy; exactly this one is used, never a lesser.",
        [.. SecurityPolicy.All.Select(p => (p.Name, p))], @default: "Basic256Sha256");

    public static Option<MessageSecurityMode> Mode { get; } = OptionOf.Choice("mode", "Protection of messages; exactly this one is used. Policy None goes with mode none.",
        [("none", MessageSecurityMode.None), ("sign", MessageSecurityMode.Sign), ("sign_and_encrypt", MessageSecurityMode.SignAndEncrypt)], @default: "sign_and_encrypt");

    public static Option<string> User { get; } = OptionOf.Text("user", "User name; anonymous where it is not given.");

    public static Option<SecretText> Password { get; } = OptionOf.Secret("password", "Password; from ${file:…} or ${env:…}.");

    public static Option<bool> AllowClearPassword { get; } = OptionOf.Boolean("allow_clear_password", "Lets the password go over the line in clear text, where the server takes it only so.", @default: false);

    public static Option<string> UserCertificate { get; } = OptionOf.Text("user_certificate", "File with the certificate and private key (PEM) that identify the user.");

    public static Option<string> Pki { get; } = OptionOf.Text("pki", "Folder of certificates: own, trusted, issuer, rejected.", @default: "pki/opc_ua");

    public static Option<string> ApplicationUri { get; } = OptionOf.Text("application_uri", "URI of this gateway; must stand in its certificate.", @default: "urn:edge-gateway");

    public static Option<bool> VerifyHost { get; } = OptionOf.Boolean("verify_host", "Demands that the server's certificate names the host of the endpoint.", @default: true);

    public static Option<bool> RequireCrl { get; } = OptionOf.Boolean("require_crl", "Demands a revocation list of every authority in a certificate's chain.", @default: true);

    public static Option<TimeSpan> Timeout { get; } = OptionOf.Duration("timeout", "How long to wait for an answer.", TimeSpan.FromMilliseconds(50), Minute, @default: "5s");

    public static Option<TimeSpan> ConnectTimeout { get; } = OptionOf.Duration("connect_timeout", "How long to wait for a connection.", TimeSpan.FromMilliseconds(50), Minute, @default: "5s");

    public static Option<TimeSpan> SessionTimeout { get; } = OptionOf.Duration("session_timeout", "How long the server keeps a session whose line broke.", TimeSpan.FromSeconds(5), Hour, @default: "60s");

    public static Option<TimeSpan> TokenLifetime { get; } = OptionOf.Duration("token_lifetime", "Lifetime of the channel's keys; they are renewed at three quarters of it.", TimeSpan.FromSeconds(2), TimeSpan.FromDays(1), @default: "1h");

    public static Option<TimeSpan> Backoff { get; } = OptionOf.Duration("longest_backoff", "Longest wait between attempts to connect.", TimeSpan.FromMilliseconds(500), Hour, @default: "30s");

    public static Option<ReadingWay> Way { get; } = OptionOf.Choice("read", "subscribe: the server tells changes; poll: every point is read at its period.",
        [("subscribe", ReadingWay.Subscribe), ("poll", ReadingWay.Poll)], @default: "subscribe");

    public static Option<TimeOrigin> Time { get; } = OptionOf.Choice("time", "Whose clock stamps samples: that of the source, of the server, or of this gateway. A clock more than 5 s off is not used.",
        [("source", TimeOrigin.Source), ("server", TimeOrigin.Server), ("gateway", TimeOrigin.Gateway)], @default: "source");

    public static Option<TimeSpan> Publishing { get; } = OptionOf.Duration("publishing", "How often the server sends changes.", TimeSpan.FromMilliseconds(10), Minute, @default: "500ms");

    public static Option<TimeSpan> Sampling { get; } = OptionOf.Duration("sampling", "How often the server looks for changes; the publishing interval where it is not given.", TimeSpan.Zero, Hour);

    public static Option<long> Queue { get; } = OptionOf.Integer("queue", "Changes of a point the server keeps between two messages.", 1, 1000, @default: 10);

    public static Option<bool> RegisterNodes { get; } = OptionOf.Boolean("register_nodes", "Registers polled nodes with the server, which some controllers read faster.", @default: false);

    public static Option<TimeSpan> Retry { get; } = OptionOf.Duration("retry", "Wait before a node that the server does not know is tried again.", TimeSpan.FromMilliseconds(100), Hour, @default: "60s");

    public static Option<NodeAddress> Node { get; } = new Option<NodeAddress>("node", "node address", ReadNode, "Node of the value: nsu=<namespace URI>;s=<text>, or i=, g=, b= for other identifiers.", required: true).WithExample("\"nsu=urn:plant:plc;s=Line1.Power\"");

    public static Option<long> Element { get; } = OptionOf.Integer("element", "Element of an array, from 0; of several dimensions, in row-major order.", 0, int.MaxValue);

    public static Option<string> Field { get; } = OptionOf.Text("field", "Field of a structure, such as Motor.Speed, or Temperatures[2] for an element of a field; its type is asked of the server.",
        check: t => StructureLayout.ReadPath(t) is null ? "expected names of fields with dots between them, and [n] behind an array, such as Motor.Temperatures[2]." : null);

    public static Option<NodeFormat> Format { get; } = OptionOf.Choice("format", "Number format of a counter's node; a counter whose node has another format is refused, because its steps would be wrong.",
        [("integer", NodeFormat.Integer), ("float", NodeFormat.Float), ("double", NodeFormat.Double)], @default: "integer");

    public static Option<Records.Numbers.ExactDecimal> Deadband { get; } = OptionOf.Decimal("deadband", "Changes of the node's raw value up to this are not told; for gauges only.",
        check: d => d.Mantissa < 0 ? "must not be negative." : null);

    public static DriverSchema Schema { get; } = new(
        "opc_ua",
        new OptionTable("opc_ua connection", [Endpoint, Policy, Mode, User, Password, AllowClearPassword, UserCertificate, Pki, ApplicationUri, VerifyHost, RequireCrl, Timeout, ConnectTimeout, SessionTimeout, TokenLifetime, Backoff]),
        new OptionTable("opc_ua device", [Way, Time, Publishing, Sampling, Queue, RegisterNodes, Retry]),
        new OptionTable("opc_ua point", [Node, Element, Field, Format, Deadband]),
        DeviceCheck.Run)
    {
        FloatBits = point => point.Get(Format) switch { NodeFormat.Float => 32, NodeFormat.Double => 64, _ => 0 },
        CheckConnection = ConnectionCheck.Run,
        Path = ConnectionCheck.Path,
        Chinese = OpcUaChinese.Messages,
    };

    private static string? CheckEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == "opc.tcp" && uri.Host.Length > 0 ? null : "expected opc.tcp://<host>:<port>, such as opc.tcp://192.168.1.20:4840.";

    private static (bool Ok, NodeAddress Value) ReadNode(DeviceMaps.Located.MapNode node, DeviceMaps.Located.FaultList faults)
    {
        if (node is not DeviceMaps.Located.MapText text)
        {
            faults.Add(node.Mark, "node: expected a text such as nsu=urn:plant:plc;s=Line1.Good.");
            return (false, null!);
        }
        if (NodeAddress.Read(text.Value, out var address) is not { } wrong) return (true, address);
        faults.Add(node.Mark, $"node: {wrong}.");
        return (false, null!);
    }
}
