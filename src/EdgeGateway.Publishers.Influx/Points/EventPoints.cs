using System.Text;
using EdgeGateway.LineProtocol.Lines;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Influx.Sending;
using EdgeGateway.Records.Events;

namespace EdgeGateway.Publishers.Influx.Points;

/// <summary>Events and the gateway's own coming and going as points.</summary>
internal sealed class EventPoints(string measurement, string gateway)
{
    // Two events of one kind about one thing in one microsecond would be one point: their ids part them, in the nanoseconds that a time of ours does not use.
    private const long IdRoom = 1000;

    private static readonly FieldKey Id = new("id", FieldType.Integer), Details = new("details", FieldType.Text), Online = new("online", FieldType.Boolean);

    private readonly SeriesKey _status = new(measurement + Measurements.Status, (Measurements.Gateway, gateway));

    /// <summary>Adds an event.</summary>
    /// <exception cref="PayloadException">Its time cannot be stated.</exception>
    public void Write(LineBatch batch, int item, EventItem stated)
    {
        var happening = stated.Happening;
        var w = new LineWriter(batch);
        w.Begin(new SeriesKey(measurement + Measurements.Event, (Measurements.Gateway, gateway), (Measurements.EventName, happening.Kind.Word()), (Measurements.Subject, happening.Subject)));
        w.Integer(Id, stated.Id);
        w.Text(Details, TextOf(happening.Details));
        w.End(Measurements.Nanos(happening.At) + stated.Id % IdRoom);
        batch.EndLine(item);
    }

    /// <summary>Adds the word that the gateway is there, or leaves.</summary>
    public void WriteStatus(LineBatch batch, DateTimeOffset now, bool online)
    {
        var w = new LineWriter(batch);
        w.Begin(_status);
        w.Boolean(Online, online);
        w.End(Measurements.Nanos(now));
        batch.EndLine(0);
    }

    /// <summary><c>name=value; name=value</c>.</summary>
    private static string TextOf(IReadOnlyList<KeyValuePair<string, string>> details)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in details) text.Append(text.Length > 0 ? "; " : "").Append(name).Append('=').Append(value);
        return text.ToString();
    }
}
