using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Pipeline.Publishing.Choosing;

/// <summary>Report by exception: lets a sample pass that says something new of its point, or breaks a long silence. Not thread-safe.</summary>
/// <remarks>After a restart it knows nothing, and every point passes once: too much rather than too little.</remarks>
/// <param name="choice">Deadband and longest silence.</param>
internal sealed class ChangeFilter(PublisherChoice choice)
{
    private readonly long _silence = UtcMicros.From(choice.MaxSilence);
    private readonly PointPages<Sent> _sent = new();

    // Few points are texts.
    private readonly Dictionary<int, string?> _texts = [];

    /// <summary>Whether a sample passes; one that does is what later ones are compared with.</summary>
    public bool Passes(in SampleRow sample, PointKind kind)
    {
        ref var sent = ref _sent.Place(sample.Point);
        if (sent.Known && sample.Time - sent.Time < _silence && sample.Time >= sent.Time && SaysNothingNew(sent, sample, kind)) return false;
        sent = new Sent(sample.Time, kind is PointKind.Gauge ? BitConverter.DoubleToInt64Bits(sample.Number) : sample.Integer, sample.Quality, Known: true);
        if (kind == PointKind.Text) _texts[sample.Point] = sample.Text;
        return true;
    }

    private bool SaysNothingNew(in Sent sent, in SampleRow sample, PointKind kind)
    {
        if (Word(sent.Quality) != Word(sample.Quality)) return false;
        if (!sample.Quality.HasValue()) return true;
        return kind switch
        {
            PointKind.Counter or PointKind.State => sent.Value == sample.Integer,
            PointKind.Text => _texts.GetValueOrDefault(sample.Point) == sample.Text,
            _ => choice.Deadband.Holds(BitConverter.Int64BitsToDouble(sent.Value), sample.Number),
        };
    }

    // A heartbeat extends a good value.
    private static Quality Word(Quality quality) => quality == Quality.GoodHeartbeat ? Quality.Good : quality;

    /// <summary>What is kept of the sample sent last: there is one of each point.</summary>
    /// <param name="Time">When it was.</param>
    /// <param name="Value">Bits of a gauge's number, else the whole number.</param>
    /// <param name="Quality">Its quality.</param>
    /// <param name="Known">False before the first one.</param>
    private readonly record struct Sent(long Time, long Value, Quality Quality, bool Known);
}
