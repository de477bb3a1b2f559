using System.Globalization;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Faults;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Reading;

/// <summary>Writes every sample of the chosen points as a line: when it was, what it is. Thread-safe.</summary>
/// <param name="points">The points, by slot.</param>
/// <param name="chosen">True for points to be shown.</param>
/// <param name="onlyChanges">Leaves out what repeats the point's last value and quality.</param>
/// <param name="stamps">Turns stamps into UTC.</param>
/// <param name="zone">Zone of the times shown.</param>
/// <param name="output">Receives the lines.</param>
internal sealed class SampleLines(IReadOnlyList<PointMap> points, Func<PointMap, bool> chosen, bool onlyChanges, StampClock stamps, TimeZoneInfo zone, TextWriter output) : ISampleSink
{
    private readonly Lock _gate = new();
    private readonly SampleBlockPool _pool = new(256, 16);
    private readonly bool[] _shown = [.. points.Select(chosen)];
    private readonly (string Value, Quality Quality)[] _last = new (string, Quality)[points.Count];
    private readonly int _name = points.Where(chosen).Select(p => TerminalWidth.Of(p.Path)).DefaultIfEmpty(5).Max();

    /// <summary>Samples that had a value.</summary>
    public long Good { get; private set; }

    /// <inheritdoc/>
    public SampleBlock Rent() => _pool.Rent();

    /// <inheritdoc/>
    public void Return(SampleBlock block) => _pool.Return(block);

    /// <inheritdoc/>
    public bool TryPost(SampleBlock block)
    {
        lock (_gate)
        {
            for (var i = 0; i < block.Count; i++)
            {
                if (_shown[block.Slots[i]]) Show(block.Slots[i], new LatestValue(block.Times[i], block.Numbers[i], block.Integers[i], block.Qualities[i], block.Text(i)));
            }
        }
        _pool.Return(block);
        return true;
    }

    private void Show(int slot, in LatestValue value)
    {
        var point = points[slot];
        var text = PointText.Value(point, value);
        if (value.Quality.HasValue()) Good++;
        // A heartbeat says that a value still stands: it is news to metering, not to a reader.
        var same = _last[slot] == (text, value.Quality == Quality.GoodHeartbeat ? Quality.Good : value.Quality);
        if (same && (onlyChanges || value.Quality == Quality.GoodHeartbeat)) return;
        _last[slot] = (text, value.Quality == Quality.GoodHeartbeat ? Quality.Good : value.Quality);
        var time = TimeZoneInfo.ConvertTime(UtcMicros.ToInstant(value.Time + stamps.SystemOffset), zone);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time:HH:mm:ss.fff}  {TerminalWidth.Fill(point.Path, _name)}  {text} {point.Unit.Symbol()}  {value.Quality.Word()}"));
    }
}
