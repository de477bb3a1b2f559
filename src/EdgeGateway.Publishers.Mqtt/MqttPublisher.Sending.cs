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
    /// <summary>Sends the item at <paramref name="index"/>, and with samples those behind it.</summary>
    private async ValueTask SendAsync(MqttSession session, IReadOnlyList<PublishItem> items, int index, int last, Outcome[] outcomes, CancellationToken cancellationToken)
    {
        var item = items[index];
        _again = _resent.Take(items, index, last);
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
            case TelemetryItem:
                await SendTelemetryAsync(session, items, index, last, outcomes, cancellationToken).ConfigureAwait(false);
                break;
            default:
                outcomes[index] = Rejected($"MQTT carries no {item.GetType().Name}.");
                break;
        }
    }

    private async ValueTask SendOneAsync(MqttSession session, int index, Outcome[] outcomes, Func<Flight, MqttApplicationMessage> render, CancellationToken cancellationToken)
    {
        var flight = await _window.RentAsync(session, outcomes, cancellationToken).ConfigureAwait(false);
        Launch(session, flight, (index, index), (index, index), render);
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
        if (messages.Count == 0) LaunchKnown(await _window.RentAsync(session, outcomes, cancellationToken).ConfigureAwait(false), (index, index), known);
        for (var i = 0; i < messages.Count; i++)
        {
            var (message, values) = messages[i];
            var flight = await _window.RentAsync(session, outcomes, cancellationToken).ConfigureAwait(false);
            Launch(session, flight, (index, index), i == messages.Count - 1 ? (index, index) : null, f =>
            {
                message.Write(f.Json.Begin(), values);
                return Message(TemplateMessages.TopicOf(message, values), f.Json.End(), []);
            });
        }
    }

    /// <summary>Samples of neighbouring items together: one message a device, or several where they are many.</summary>
    private async ValueTask SendTelemetryAsync(MqttSession session, IReadOnlyList<PublishItem> items, int first, int last, Outcome[] outcomes, CancellationToken cancellationToken)
    {
        _telemetry.Take(_gathered.Take(items, first, last));
        var block = _telemetry.Block;
        if (block.Unnamed > 0 && !_warnedOfNames)
        {
            _warnedOfNames = true;
            _log.UnnamedPoints(Name, block.UnnamedPoint);
        }
        var limit = Math.Min(_settings.BatchBytes, session.MaxPacket - 1024);
        for (var device = 0; device < block.Count; device++)
        {
            var count = block.Rows(device).Length;
            for (var from = 0; from < count;)
            {
                var flight = await _window.RentAsync(session, outcomes, cancellationToken).ConfigureAwait(false);
                var next = count;
                var topic = _topics.Telemetry(block.Device(device));
                var payload = Render(flight, device, from, limit, out next);
                // A sample that is too long for the broker takes none of its neighbours with it.
                if (payload.Length > limit && next - from > 1) payload = Render(flight, device, from, 0, out next);
                (int, int) carried = (_gathered.ItemOf(block.Rows(device)[from]), _gathered.ItemOf(block.Rows(device)[next - 1]));
                Launch(session, flight, carried, null, _ => Message(topic, payload, TelemetrySchema));
                from = next;
            }
        }
        for (var item = first; block.Unnamed > 0 && item <= last; item++)
        {
            if (!_gathered.IsNamed(items[item])) LaunchKnown(await _window.RentAsync(session, outcomes, cancellationToken).ConfigureAwait(false), (item, item), null, Rejected("The map no longer names any of the points."));
        }
        // Behind all their messages the items are settled.
        LaunchKnown(await _window.RentAsync(session, outcomes, cancellationToken).ConfigureAwait(false), (first, last), Outcome.Accepted);
    }

    private ReadOnlyMemory<byte> Render(Flight flight, int device, int from, long limit, out int next)
    {
        next = _telemetry.Write(flight.Json.Begin(), device, from, limit);
        return flight.Json.End();
    }

    /// <summary>Renders and sends, unless the item cannot be stated or the broker would not take the packet.</summary>
    private void Launch(MqttSession session, Flight flight, (int, int) items, (int, int)? whole, Func<Flight, MqttApplicationMessage> render)
    {
        MqttApplicationMessage message;
        try
        {
            message = render(flight);
        }
        catch (PayloadException e)
        {
            LaunchKnown(flight, items, whole, Rejected(e.Message));
            return;
        }
        var size = PacketSize.Of(message);
        if (size > session.MaxPacket)
        {
            LaunchKnown(flight, items, whole, Rejected(string.Create(CultureInfo.InvariantCulture, $"the packet of {size} bytes is larger than the {session.MaxPacket} that the broker takes")));
            return;
        }
        session.Aliases.Apply(message);
        size = PacketSize.Of(message);
        (flight.Items, flight.Whole, flight.Ack) = (items, whole, session.SendAsync(message));
        Interlocked.Add(ref _sent, size);
        _window.Launch(flight);
    }

    private void LaunchKnown(Flight flight, (int, int) items, Outcome outcome) => LaunchKnown(flight, items, items, outcome);

    private void LaunchKnown(Flight flight, (int, int) items, (int, int)? whole, Outcome outcome)
    {
        (flight.Items, flight.Whole, flight.Ack, flight.Known) = (items, whole, null, outcome);
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
