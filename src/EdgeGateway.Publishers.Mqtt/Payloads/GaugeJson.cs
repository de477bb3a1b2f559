using System.Text.Json;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Mqtt.Payloads;

/// <summary>The gauges of a record over all its segments: mean over the observed time, least, greatest, last.</summary>
internal static class GaugeJson
{
    /// <summary>Writes the member <c>gauges</c>, or nothing where the record has none.</summary>
    public static void Write(Utf8JsonWriter w, WindowRecord record, INames names)
    {
        var gauges = record.Gauges;
        if (gauges.Length == 0) return;
        w.WriteStartArray("gauges"u8);
        for (var i = 0; i < gauges.Length; i++)
        {
            if (Seen(gauges[..i], gauges[i].Point)) continue;
            WriteGauge(w, Sum(gauges[i..]), names);
        }
        w.WriteEndArray();
    }

    private static bool Seen(ReadOnlySpan<WindowGauge> before, int point)
    {
        foreach (ref readonly var gauge in before)
        {
            if (gauge.Point == point) return true;
        }
        return false;
    }

    /// <summary>The first gauge joined with all later ones of its point.</summary>
    private static WindowGauge Sum(ReadOnlySpan<WindowGauge> gauges)
    {
        var sum = gauges[0];
        foreach (ref readonly var next in gauges[1..])
        {
            if (next.Point != sum.Point || next.CoveredMicros == 0) continue;
            if (sum.CoveredMicros == 0)
            {
                sum = next;
                continue;
            }
            sum.Integral += next.Integral;
            sum.CoveredMicros += next.CoveredMicros;
            sum.Min = Math.Min(sum.Min, next.Min);
            sum.Max = Math.Max(sum.Max, next.Max);
            sum.Last = next.Last;
        }
        return sum;
    }

    private static void WriteGauge(Utf8JsonWriter w, in WindowGauge gauge, INames names)
    {
        var observed = gauge.CoveredMicros > 0;
        w.WriteStartObject();
        PointText.Write(w, names.Point(gauge.Point));
        w.WriteNumberOrNull("mean"u8, observed ? gauge.Integral / ((double)gauge.CoveredMicros / UtcMicros.PerSecond) : double.NaN);
        w.WriteNumberOrNull("min"u8, observed ? gauge.Min : double.NaN);
        w.WriteNumberOrNull("max"u8, observed ? gauge.Max : double.NaN);
        w.WriteNumberOrNull("last"u8, observed ? gauge.Last : double.NaN);
        w.WritePropertyName("covered_s"u8);
        DecimalJson.WriteNumber(w, gauge.CoveredMicros, -6);
        w.WriteEndObject();
    }

    /// <summary>JSON knows no infinity: what is no number is null.</summary>
    private static void WriteNumberOrNull(this Utf8JsonWriter w, ReadOnlySpan<byte> name, double value)
    {
        if (double.IsFinite(value)) w.WriteNumber(name, value);
        else w.WriteNull(name);
    }
}
