using System.Text.Json;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Publishers.Mqtt.Options;
using EdgeGateway.Publishers.Mqtt.Payloads;
using EdgeGateway.Publishers.Mqtt.Sending;
using EdgeGateway.Publishers.Mqtt.Sessions;
using EdgeGateway.Publishers.Mqtt.Templates;
using EdgeGateway.Publishers.Mqtt.Templates.Values;
using EdgeGateway.Publishers.Mqtt.Topics;
using EdgeGateway.Records.Time;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace EdgeGateway.Publishers.Mqtt;

/// <summary>Publishes to one broker with QoS 1. Driven by one loop; not thread-safe.</summary>
internal sealed partial class MqttPublisher : IPublisher
{
    private const string ContentType = "application/json";
    private static readonly List<MqttUserProperty> TelemetrySchema = [Property("schema", "edgegateway.telemetry.1")];
    private static readonly List<MqttUserProperty> EventSchema = [Property("schema", "edgegateway.event.1")];
    private static readonly List<MqttUserProperty> StatusSchema = [Property("schema", "edgegateway.status.1")];
    private static readonly MqttUserProperty Resent = Property("resent", "true"), Encoded = Property("content-encoding", "gzip");
    private static readonly MqttUserProperty RecordSchema = Property("schema", "edgegateway.record.1");
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(2);

    private readonly MqttSettings _settings;
    private readonly PublisherServices _services;
    private readonly ILogger _log;
    private readonly TopicNames _topics;
    private readonly TelemetryJson _telemetry;
    private readonly GatheredRows _gathered;
    private readonly FlightWindow _window;
    private readonly TemplateMessages? _templates;
    private readonly ResentMarks _resent = new();
    private readonly ShortLines _shortLines;
    private MqttSession? _session;
    private BrokerAddress _broker;
    private long _sent;
    private bool _again, _warned, _warnedOfNames;

    public MqttPublisher(MqttSettings settings, PublisherServices services)
    {
        _settings = settings;
        _broker = settings.Brokers[0];
        _services = services;
        _log = services.Log.CreateLogger<MqttPublisher>();
        _topics = new TopicNames(settings.Root, services.GatewayId);
        Chosen = new ChosenData(settings.Choice, services.Names);
        _telemetry = new TelemetryJson(services.GatewayId, Chosen);
        _gathered = new GatheredRows(Chosen);
        _window = new FlightWindow(services.Time);
        if (settings.Template is { } template) _templates = new TemplateMessages(template, new TemplateContext(services.GatewayId, settings.ClientId, settings.Parameters, TemplateCodes.Renamed(settings.Codes, settings.Choice.Names), services.Time), Chosen);
        _shortLines = new ShortLines(services.Time);
    }

    public string Name => _settings.Name;

    public ChosenData Chosen { get; }

    public long BytesSent => Interlocked.Read(ref _sent);

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await DropAsync().ConfigureAwait(false);
        WarnOfPlainText();
        var will = _templates is not null ? null : StatusOf(w => StatusJson.WriteLost(w, _services.GatewayId));
        var faults = new List<PublisherException>();
        foreach (var broker in _settings.Brokers)
        {
            try
            {
                await ConnectAsync(broker, will, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (PublisherException e)
            {
                faults.Add(e);
            }
        }
        throw faults is [var one] ? one : new PublisherException(string.Join(" ", faults.Select(f => f.Message)), faults[0]);
    }

    private async Task ConnectAsync(BrokerAddress broker, byte[]? will, CancellationToken cancellationToken)
    {
        var session = await MqttSession.OpenAsync(_settings, broker, _topics.Status, will, ContentType, _services.Time, cancellationToken).ConfigureAwait(false);
        _session = session;
        _broker = broker;
        try
        {
            var answer = _templates is not null ? null : await SendStatusAsync(session, (w, now) => StatusJson.WriteOnline(w, _services.GatewayId, now), FlightWindow.AckLimit, cancellationToken).ConfigureAwait(false);
            // A client that may not even state its status would see all its records rejected: better to wait until someone has given it the right.
            if (answer is not null && Acknowledgement.OutcomeOf(answer) is { Kind: not OutcomeKind.Accepted } outcome)
            {
                throw new PublisherException($"{broker} does not take the status on topic '{_topics.Status}': {outcome.Reason}. Check topic and the broker's access list.");
            }
        }
        catch
        {
            await DropAsync().ConfigureAwait(false);
            throw;
        }
        _shortLines.Connected();
        _log.Connected(Name, broker.ToString(), _settings.ClientId, session.Window);
    }

    public async Task PublishAsync(IReadOnlyList<PublishItem> items, Outcome[] outcomes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(outcomes);
        var session = _session ?? throw new PublisherException($"{_broker}: not connected.");
        var sent = -1;
        _window.Begin(items.Count);
        _window.RejectedTogether = (first, last) =>
        {
            for (var i = first; i <= last; i++) _gathered.SendAlone(items[i]);
        };
        try
        {
            while (sent + 1 < items.Count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var first = sent + 1;
                sent = _templates is null && items[first] is TelemetryItem ? _gathered.LastWith(items, first) : first;
                await SendAsync(session, items, first, sent, outcomes, cancellationToken).ConfigureAwait(false);
            }
            await _window.SettleAllAsync(session, outcomes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            var whole = e is OperationCanceledException && await _window.SettleGracefullyAsync(session, outcomes).ConfigureAwait(false);
            if (!whole) await DropAsync().ConfigureAwait(false);
            _window.Abandon(outcomes);
            _resent.Mark(items, outcomes, sent + 1);
            if (e is PublisherException broken && _shortLines.Broke(broken) is { } alarm) throw alarm;
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is { } session)
        {
            using var limit = new CancellationTokenSource(LeaveLimit, _services.Time);
            try
            {
                if (_templates is null) await SendStatusAsync(session, (w, now) => StatusJson.WriteStopped(w, _services.GatewayId, now), LeaveLimit, limit.Token).ConfigureAwait(false);
                await session.LeaveAsync(limit.Token).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                _log.NoLeave(Name, e);
            }
        }
        await DropAsync().ConfigureAwait(false);
        _window.Dispose();
    }

    private async Task<MqttClientPublishResult> SendStatusAsync(MqttSession session, Action<Utf8JsonWriter, long> write, TimeSpan limit, CancellationToken cancellationToken)
    {
        _again = false;
        var message = Message(_topics.Status, StatusOf(w => write(w, UtcMicros.From(_services.Time.GetUtcNow()))), StatusSchema);
        message.Retain = true;
        var ack = session.SendAsync(message);
        try
        {
            return await ack.WaitAsync(limit, _services.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!ack.IsCompleted)
        {
            throw session.Silent(limit);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw await session.LostAsync(e).ConfigureAwait(false);
        }
    }

    private static byte[] StatusOf(Action<Utf8JsonWriter> write)
    {
        using var json = new JsonBuffer();
        write(json.Begin());
        return json.End().ToArray();
    }

    private void WarnOfPlainText()
    {
        if (_warned || _settings.Brokers.All(b => b.Tls || b.IsLoopback)) return;
        _warned = true;
        _log.NotEncrypted(Name, _settings.Brokers.First(b => !b.IsLoopback).ToString(), _settings.Password is not null ? ", the password included" : "");
    }

    private async ValueTask DropAsync()
    {
        if (_session is { } session) await session.DisposeAsync().ConfigureAwait(false);
        _session = null;
    }

    private static MqttUserProperty Property(string name, string value) => new(name, System.Text.Encoding.UTF8.GetBytes(value).AsMemory());

    private static Outcome Rejected(string reason) => new(OutcomeKind.Rejected, default, reason);
}
