using EdgeGateway.LineProtocol.Lines;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Influx.Sending;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Influx.Points;

/// <summary>Samples as points. Each kind of value has a field of its own, so types never conflict; a missing reading has its reason and no value. Not thread-safe.</summary>
internal sealed class SamplePoints(string measurement, string gateway, INames names)
{
    private static readonly FieldKey Value = new("value", FieldType.Number), Steps = new("steps", FieldType.Integer), State = new("state", FieldType.Integer),
        Word = new("state_word", FieldType.Text), Text = new("text", FieldType.Text), Quality = new("quality", FieldType.Text);

    private readonly Dictionary<int, (PointName Name, SeriesKey Series)> _series = [];

    /// <summary>Point that no map names any more, of the rows added last; 0 for none.</summary>
    public int Unnamed { get; private set; }

    /// <summary>Adds the samples of an entry.</summary>
    /// <exception cref="PayloadException">None of its points has a name any more, or a time cannot be stated.</exception>
    public void Write(LineBatch batch, int item, TelemetryItem telemetry)
    {
        Unnamed = 0;
        var w = new LineWriter(batch);
        var named = 0;
        foreach (var sample in telemetry.Samples)
        {
            if (SeriesOf(sample.Point) is not { } known)
            {
                Unnamed = sample.Point;
                continue;
            }
            named++;
            w.Begin(known.Series);
            WriteSample(ref w, sample, known.Name);
            w.End(Measurements.Nanos(sample.Time));
            batch.EndLine(item);
        }
        if (named == 0 && Unnamed != 0) throw new PayloadException("The map no longer names any of the points.");
    }

    private static void WriteSample(ref LineWriter w, in SampleRow sample, PointName point)
    {
        var quality = sample.Quality;
        var ok = quality.HasValue();
        switch (point.Kind)
        {
            case PointKind.Counter when ok:
                if (point.TryCounterValue(sample.Integer, out var mantissa, out var exponent)) w.Number(Value, mantissa, exponent);
                else (ok, quality) = (false, Records.Samples.Quality.BadOutOfRange);
                w.Integer(Steps, sample.Integer);
                break;
            case PointKind.State when ok:
                w.Integer(State, sample.Integer);
                w.Text(Word, ((MachineState)sample.Integer).Word());
                break;
            case PointKind.Text when ok:
                w.Text(Text, sample.Text);
                break;
            case PointKind.Gauge when ok && !w.Number(Value, sample.Number):
                (ok, quality) = (false, Records.Samples.Quality.BadOutOfRange);
                break;
        }
        w.Boolean(Measurements.Ok, ok);
        w.Text(Quality, quality.Word());
    }

    private (PointName Name, SeriesKey Series)? SeriesOf(int id)
    {
        if (names.Point(id) is not { } name) return null;
        if (_series.TryGetValue(id, out var known) && known.Name == name) return known;
        known = (name, new SeriesKey(measurement + Measurements.Sample, (Measurements.Gateway, gateway), (Measurements.Device, name.Device), (Measurements.Point, name.Name)));
        _series[id] = known;
        return known;
    }
}
