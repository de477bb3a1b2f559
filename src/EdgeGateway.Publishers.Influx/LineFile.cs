using System.Buffers;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Publishing.Exporting;
using EdgeGateway.Publishers.Influx.Points;
using EdgeGateway.Publishers.Influx.Sending;

namespace EdgeGateway.Publishers.Influx;

/// <summary>The points of docs/influxdb.md as line protocol, times in nanoseconds: <c>influx write</c>, <c>influx -import</c> and VictoriaMetrics take such files.</summary>
public sealed class LineFile : IItemFormat
{
    /// <inheritdoc/>
    public string Word => "influx";

    /// <inheritdoc/>
    public string Doc => "line protocol, as InfluxDB and VictoriaMetrics import it";

    /// <inheritdoc/>
    public IItemWriter Create(ItemFormatSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return new Writer(setup);
    }

    private sealed class Writer(ItemFormatSetup setup) : IItemWriter
    {
        private readonly LineBatch _batch = new();
        private readonly RecordPoints _records = new(setup.Measurement, setup.GatewayId, setup.Names);
        private readonly SamplePoints _samples = new(setup.Measurement, setup.GatewayId, setup.Names);
        private readonly EventPoints _events = new(setup.Measurement, setup.GatewayId);

        public void Write(PublishItem item)
        {
            _batch.Clear();
            switch (item)
            {
                case RecordItem record:
                    _records.Write(_batch, 0, record);
                    break;
                case TelemetryItem telemetry:
                    _samples.Write(_batch, 0, telemetry);
                    break;
                case EventItem happening:
                    _events.Write(_batch, 0, happening);
                    break;
                default:
                    throw new PayloadException($"Line protocol has no form for {item.GetType().Name}.");
            }
            setup.Output.Write(_batch.Lines(0, _batch.Count).Span);
        }
    }
}
