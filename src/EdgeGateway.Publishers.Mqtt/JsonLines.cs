using System.Buffers;
using System.Globalization;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Publishing.Exporting;
using EdgeGateway.Publishers.Mqtt.Payloads;

namespace EdgeGateway.Publishers.Mqtt;

/// <summary>The payloads of docs/mqtt.md, one a line.</summary>
public sealed class JsonLines : IItemFormat
{
    /// <inheritdoc/>
    public string Word => "json";

    /// <inheritdoc/>
    public string Doc => "the payloads of MQTT, one a line";

    /// <inheritdoc/>
    public IItemWriter Create(ItemFormatSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return new Writer(setup.GatewayId, setup.Names, setup.Output);
    }

    private sealed class Writer(string gatewayId, INames names, IBufferWriter<byte> output) : IItemWriter
    {
        private readonly TelemetryJson _telemetry = new(gatewayId, names);

        public void Write(PublishItem item)
        {
            using var json = new JsonBuffer();
            switch (item)
            {
                case RecordItem { Record: var record }:
                    var unit = names.Unit(record.Unit) ?? throw new PayloadException(string.Create(CultureInfo.InvariantCulture, $"The map no longer names unit {record.Unit}."));
                    RecordJson.Write(json.Begin(), record, gatewayId, unit, names);
                    EndLine(json);
                    break;
                case EventItem happening:
                    EventJson.Write(json.Begin(), happening.Id, happening.Happening, gatewayId);
                    EndLine(json);
                    break;
                case TelemetryItem telemetry:
                    Write(json, telemetry);
                    break;
                default:
                    throw new PayloadException($"JSON has no form for {item.GetType().Name}.");
            }
        }

        private void Write(JsonBuffer json, TelemetryItem item)
        {
            _telemetry.Take(item.Samples);
            var block = _telemetry.Block;
            if (block.Count == 0 && block.Unnamed > 0) throw new PayloadException("The map no longer names any of the points.");
            for (var device = 0; device < block.Count; device++)
            {
                _telemetry.Write(json.Begin(), device, 0, long.MaxValue);
                EndLine(json);
            }
        }

        private void EndLine(JsonBuffer json)
        {
            output.Write(json.End().Span);
            output.Write("\n"u8);
        }
    }
}
