using System.Buffers;
using System.Globalization;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt.Payloads;
using EdgeGateway.Publishers.Mqtt.Sending;
using EdgeGateway.Publishers.Mqtt.Sessions;
using EdgeGateway.Publishers.Mqtt.Templates;
using EdgeGateway.Publishers.Mqtt.Templates.Values;
using EdgeGateway.Records.Windows;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace EdgeGateway.Publishers.Mqtt;

/// <summary>From items to messages under way.</summary>
internal sealed partial class MqttPublisher
{
    private async ValueTask SendAsync(MqttSession session, PublishItem item, int index, Outcome[] outcomes, CancellationToken cancellationToken)
    {
        _again = _resent.Take(item);
        if (_templates is not null)
        {
            await SendByTemplateAsync(session, _templates, item, index, outcomes, cancellationToken).ConfigureAwait(false);
            return;
        }
        switch (item)
        {
            case RecordItem { Record: var record }:
                await SendOneAsync(session, index, outcomes, flight => MessageOf(flight, record), cancellationToken).ConfigureAwait(false);
                break;
            case EventItem happening:
                await SendOneAsync(session, index, outcomes, flight => MessageOf(flight, happening), cancellationToken).ConfigureAwait(false);
                break;
            case TelemetryItem telemetry:
                await SendTelemetryAsync(session, telemetry, index, outcomes, cancellationToken).ConfigureAwait(false);
                break;
            default:
                outcomes[index] = Rejected($"MQTT carries no {item.GetType().Name}.");
                break;
        }
    }

    private async ValueTask SendOneAsync(MqttSession session, int index, Outcome[] outcomes, Func<Flight, MqttApplicationMessage> render, CancellationToken cancellationToken)
    {
        var flight = await _window.RentAsync(session, outcomes, cancellationToken).ConfigureAwait(false);
        Launch(session, flight, index, true, render);
    }

    private async ValueTask SendByTemplateAsync(MqttSession session, TemplateMessages templates, PublishItem item, int index, Outcome[] outcomes, CancellationToken cancellationToken)
    {
        IReadOnlyList<(MessageTemplate Message, IPlaceholders Values)> messages = [];
        var known = Outcome.Accepted;
        try
        {
            messages = templates.Of(item);
        }
        catch (PayloadException e)
        {
            known = Rejected(e.Message);
        }
        if (messages.Count == 0) LaunchKnown(await _window.RentAsync(session, outcomes, cancellationToken).ConfigureAwait(false), index, true, known);
        for (var i = 0; i < messages.Count; i++)
        {
            var (message, values) = messages[i];
            var flight = await _window.RentAsync(session, outcomes, cancellationToken).ConfigureAwait(false);
            Launch(session, flight, index, i == messages.Count - 1, f =>
            {
                message.Write(f.Json.Begin(), values);
                return Message(TemplateMessages.TopicOf(message, values), f.Json.End(), []);
            });
        }
    }

    private async ValueTask SendTelemetryAsync(MqttSession session, TelemetryItem item, int index, Outcome[] outcomes, CancellationToken cancellationToken)
    {
        _telemetry.Take(item.Samples);
        var block = _telemetry.Block;
        if (block.Unnamed > 0 && !_warnedOfNames)
        {
            _warnedOfNames = true;
            _log.UnnamedPoints(Name, block.UnnamedPoint);
        }
        if (block.Count == 0)
        {
            var flight = await _window.RentAsync(session, outcomes, cancellationToken).ConfigureAwait(false);
            var known = block.Unnamed == 0 ? Outcome.Accepted : Rejected("The map no longer names any of the points.");
            LaunchKnown(flight, index, true, known);
            return;
        }
        var limit = Math.Min(TelemetryLimit, session.MaxPacket - 1024);
        for (var device = 0; device < block.Count; device++)
        {
            var count = block.Rows(device).Length;
            for (var from = 0; from < count;)
            {
                var flight = await _window.RentAsync(session, outcomes, cancellationToken).ConfigureAwait(false);
                var next = count;
                var topic = _topics.Telemetry(block.Device(device));
                Launch(session, flight, index, false, f =>
                {
                    next = _telemetry.Write(f.Json.Begin(), device, from, limit);
                    return Message(topic, f.Json.End(), TelemetrySchema);
                });
                from = next;
                flight.Last = from >= count && device == block.Count - 1;
            }
        }
    }

    /// <summary>Renders and sends, unless the item cannot be stated or the broker would not take the packet.</summary>
    private void Launch(MqttSession session, Flight flight, int index, bool last, Func<Flight, MqttApplicationMessage> render)
    {
        MqttApplicationMessage message;
        try
        {
            message = render(flight);
        }
        catch (PayloadException e)
        {
            LaunchKnown(flight, index, last, Rejected(e.Message));
            return;
        }
        var size = PacketSize.Of(message);
        if (size > session.MaxPacket)
        {
            LaunchKnown(flight, index, last, Rejected(string.Create(CultureInfo.InvariantCulture, $"the packet of {size} bytes is larger than the {session.MaxPacket} that the broker takes")));
            return;
        }
        session.Aliases.Apply(message);
        size = PacketSize.Of(message);
        (flight.Item, flight.Last, flight.Ack) = (index, last, session.SendAsync(message));
        Interlocked.Add(ref _sent, size);
        _window.Launch(flight);
    }

    private void LaunchKnown(Flight flight, int index, bool last, Outcome outcome)
    {
        (flight.Item, flight.Last, flight.Ack, flight.Known) = (index, last, null, outcome);
        _window.Launch(flight);
    }

    private MqttApplicationMessage MessageOf(Flight flight, WindowRecord record)
    {
        var unit = Chosen.Unit(record.Unit) ?? throw new PayloadException(string.Create(CultureInfo.InvariantCulture, $"The map no longer names unit {record.Unit}."));
        RecordJson.Write(flight.Json.Begin(), record, _services.GatewayId, unit, Chosen);
        var revision = string.Create(CultureInfo.InvariantCulture, $"{record.Revision.Epoch}.{record.Revision.Seq}");
        return Message(_topics.Record(unit, record.Kind), flight.Json.End(), [RecordSchema, Property("revision", revision)]);
    }

    private MqttApplicationMessage MessageOf(Flight flight, EventItem item)
    {
        EventJson.Write(flight.Json.Begin(), item.Id, item.Happening, _services.GatewayId);
        return Message(_topics.Events, flight.Json.End(), EventSchema);
    }

    private MqttApplicationMessage Message(string topic, ReadOnlyMemory<byte> payload, List<MqttUserProperty> properties)
    {
        var message = new MqttApplicationMessage { Topic = topic, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce };
        if (_settings.IsVersion5)
        {
            message.ContentType = ContentType;
            message.MessageExpiryInterval = (uint)_settings.MessageExpiry.TotalSeconds;
            if (_again) properties = [.. properties, Resent];
            if (_settings.Gzip && payload.Length >= Gzipped.LeastBytes) (payload, properties) = (Gzipped.Pack(payload), [.. properties, Encoded]);
            message.UserProperties = properties;
        }
        message.Payload = new ReadOnlySequence<byte>(payload);
        return message;
    }
}
