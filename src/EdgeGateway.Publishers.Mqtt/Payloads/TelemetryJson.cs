using System.Text.Json;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Publishers.Mqtt.Payloads;

/// <summary>The samples of one device in one block as JSON, version 1; docs/mqtt.md is its reference. Allocates nothing in steady state. Not thread-safe.</summary>
internal sealed class TelemetryJson(string gateway, INames names)
{
    private const int Version = 1;
    private const int SampleRoom = 512;

    private readonly DeviceRows _rows = new();
    private readonly byte[] _time = new byte[TimeText.MaxLength];
    private IReadOnlyList<SampleRow> _samples = [];
    private long _timeMicros;
    private int _timeLength;

    /// <summary>The rows of the block in hand, by device.</summary>
    public DeviceRows Block => _rows;

    /// <summary>Takes a block in hand; it is read until the next one is taken.</summary>
    public void Take(IReadOnlyList<SampleRow> samples)
    {
        _samples = samples;
        _rows.Take(samples, names);
    }

    /// <summary>Writes samples of a device from its row <paramref name="from"/> on, until they end or the payload nears <paramref name="limit"/> bytes; at least one.</summary>
    /// <returns>The row to go on from with the next message.</returns>
    public int Write(Utf8JsonWriter w, int device, int from, long limit)
    {
        var rows = _rows.Rows(device);
        var earliest = long.MaxValue;
        foreach (var row in rows[from..]) earliest = Math.Min(earliest, _samples[row].Time);
        w.WriteStartObject();
        w.WriteNumber("v"u8, Version);
        w.WriteString("gateway"u8, gateway);
        w.WriteString("device"u8, _rows.Device(device));
        w.WriteString("t"u8, Time(earliest));
        w.WriteStartArray("samples"u8);
        var next = from;
        do WriteSample(w, _samples[rows[next]], _rows.Point(rows[next]));
        while (++next < rows.Length && w.BytesCommitted + w.BytesPending + SampleRoom < limit);
        w.WriteEndArray();
        w.WriteEndObject();
        return next;
    }

    private void WriteSample(Utf8JsonWriter w, in SampleRow sample, PointName point)
    {
        w.WriteStartObject();
        w.WriteString("point"u8, point.Name);
        w.WriteString("t"u8, Time(sample.Time));
        w.WritePropertyName("v"u8);
        var quality = sample.Quality;
        if (!quality.HasValue()) w.WriteNullValue();
        else if (!TryWriteValue(w, sample, point))
        {
            w.WriteNullValue();
            quality = Quality.BadOutOfRange;
        }
        if (quality.HasValue() && point.Kind == PointKind.Counter) w.WriteNumber("n"u8, sample.Integer);
        w.WriteString("q"u8, quality.Word());
        w.WriteEndObject();
    }

    /// <summary>False where the value is no number: nothing is written then.</summary>
    private static bool TryWriteValue(Utf8JsonWriter w, in SampleRow sample, PointName point)
    {
        switch (point.Kind)
        {
            case PointKind.Counter:
                if (!point.TryCounterValue(sample.Integer, out var mantissa, out var exponent)) return false;
                DecimalJson.WriteNumber(w, mantissa, exponent, Math.Max(0, -exponent));
                return true;
            case PointKind.State:
                w.WriteNumberValue(sample.Integer);
                return true;
            case PointKind.Text:
                if (sample.Text is null) return false;
                w.WriteStringValue(sample.Text);
                return true;
            default:
                if (!double.IsFinite(sample.Number)) return false;
                w.WriteNumberValue(sample.Number);
                return true;
        }
    }

    /// <summary>Neighbouring samples share their time: it is formatted once.</summary>
    private ReadOnlySpan<byte> Time(long micros)
    {
        if (_timeLength == 0 || micros != _timeMicros) (_timeLength, _timeMicros) = (TimeText.Format(micros, _time), micros);
        return _time.AsSpan(0, _timeLength);
    }
}
