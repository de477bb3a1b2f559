using EdgeGateway.LineProtocol.Lines;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Influx.Points;

/// <summary>Series of window records, made once each. The tags are exactly the key of the record.</summary>
internal sealed class SeriesShelf(string measurement, string gateway)
{
    // Days, shifts and batches have an id of their own each: what is kept is bounded.
    private const int Most = 4096;
    private readonly Dictionary<(string Suffix, string Unit, WindowKind Kind, string Id), SeriesKey> _series = [];

    /// <summary>The series of a record's key in the measurement with this suffix.</summary>
    public SeriesKey Of(string suffix, string unit, WindowRecord record)
    {
        var key = (suffix, unit, record.Kind, record.WindowId);
        if (_series.TryGetValue(key, out var series)) return series;
        if (_series.Count >= Most) _series.Clear();
        series = new SeriesKey(measurement + suffix, (Measurements.Gateway, gateway), (Measurements.Unit, unit), (Measurements.Kind, record.Kind.Name), (Measurements.Id, record.WindowId));
        _series.Add(key, series);
        return series;
    }
}
