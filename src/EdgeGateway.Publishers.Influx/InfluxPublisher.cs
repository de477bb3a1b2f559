using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Publishers.Influx.Options;
using EdgeGateway.Publishers.Influx.Points;
using EdgeGateway.Publishers.Influx.Sending;
using EdgeGateway.Publishers.Influx.Sessions;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Publishers.Influx;

/// <summary>Writes to one database. Driven by one loop; not thread-safe.</summary>
internal sealed class InfluxPublisher : IPublisher
{
    // Below the limits of proxies and of InfluxDB 1.x (25 MB), and small enough to be lost on a bad line without much harm.
    private const int BodyBytes = 1024 * 1024;
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(2);

    private readonly InfluxSettings _settings;
    private readonly PublisherServices _services;
    private readonly ILogger _log;
    private readonly LineBatch _batch = new();
    private readonly ItemTally _tally;
    private readonly BatchWriter _writer;
    private readonly RecordPoints _records;
    private readonly SamplePoints _samples;
    private readonly EventPoints _events;
    private volatile WriteLine? _line;
    private long _sentBefore;
    private bool _warned, _warnedOfNames;

    public InfluxPublisher(InfluxSettings settings, PublisherServices services)
    {
        _settings = settings;
        _services = services;
        _log = services.Log.CreateLogger<InfluxPublisher>();
        Chosen = new ChosenData(settings.Choice, services.Names);
        _tally = new ItemTally(_batch);
        _writer = new BatchWriter(_batch, _tally, services.Random);
        _records = new RecordPoints(settings.Measurement, services.GatewayId, Chosen);
        _samples = new SamplePoints(settings.Measurement, services.GatewayId, Chosen);
        _events = new EventPoints(settings.Measurement, services.GatewayId);
    }

    public string Name => _settings.Name;

    public ChosenData Chosen { get; }

    public long BytesSent => Interlocked.Read(ref _sentBefore) + (_line?.BytesSent ?? 0);

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        Drop();
        WarnOfPlainText();
        _line = new WriteLine(_settings, _services.Time);
        // A write of its own asks all at once whether the database is there, lets us in, has the bucket, and takes our measurements.
        await WriteStatusAsync(_line, true, cancellationToken).ConfigureAwait(false);
    }

    public async Task PublishAsync(IReadOnlyList<PublishItem> items, Outcome[] outcomes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(outcomes);
        var line = _line ?? throw new PublisherException($"{_settings.Address}: not connected.");
        for (var next = 0; next < items.Count;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _batch.Clear();
            _tally.Clear();
            do
            {
                Render(items[next], next, outcomes);
                next++;
            }
            while (next < items.Count && _batch.Count < _settings.BatchPoints && _batch.Length < BodyBytes);
            if (_batch.Count == 0) continue;
            var goOn = await _writer.WriteAsync(line, cancellationToken).ConfigureAwait(false);
            _tally.Settle(outcomes);
            if (!goOn) return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_line is { } line)
        {
            using var limit = new CancellationTokenSource(LeaveLimit, _services.Time);
            try
            {
                await WriteStatusAsync(line, false, limit.Token).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                _log.NoLeave(Name, e);
            }
        }
        Drop();
    }

    /// <summary>Adds an item's lines to the batch; what cannot be stated has its outcome at once.</summary>
    private void Render(PublishItem item, int index, Outcome[] outcomes)
    {
        var before = _batch.Count;
        outcomes[index] = Outcome.Accepted;
        try
        {
            switch (item)
            {
                case RecordItem record:
                    _records.Write(_batch, index, record);
                    break;
                case TelemetryItem telemetry:
                    _samples.Write(_batch, index, telemetry);
                    WarnOfNames();
                    break;
                case EventItem happening:
                    _events.Write(_batch, index, happening);
                    break;
                default:
                    throw new PayloadException($"InfluxDB carries no {item.GetType().Name}.");
            }
            // Whatever breaks the write leaves it to be tried again.
            if (_batch.Count > before) outcomes[index] = default;
        }
        catch (PayloadException e)
        {
            _batch.Shorten(before);
            outcomes[index] = new Outcome(OutcomeKind.Rejected, default, e.Message);
        }
    }

    private async Task WriteStatusAsync(WriteLine line, bool online, CancellationToken cancellationToken)
    {
        _batch.Clear();
        _events.WriteStatus(_batch, _services.Time.GetUtcNow(), online);
        var answer = await line.WriteAsync(_batch.Lines(0, 1), cancellationToken).ConfigureAwait(false);
        if (answer.Verdict != WriteVerdict.Taken)
        {
            throw new PublisherException($"{_settings.Address} does not take the status in measurement '{_settings.Measurement}{Measurements.Status}': {answer.Reason}.{(answer.Verdict == WriteVerdict.Refused ? " Check measurement." : "")}");
        }
    }

    private void WarnOfNames()
    {
        if (_samples.Unnamed == 0 || _warnedOfNames) return;
        _warnedOfNames = true;
        _log.UnnamedPoints(Name, _samples.Unnamed);
    }

    private void WarnOfPlainText()
    {
        if (_warned || _settings.Address.Tls || _settings.Address.IsLoopback) return;
        _warned = true;
        _log.NotEncrypted(Name, _settings.Address.ToString(), _settings.Token is not null || _settings.Password is not null ? ", the login included" : "");
    }

    private void Drop()
    {
        if (_line is not { } line) return;
        _line = null;
        Interlocked.Add(ref _sentBefore, line.BytesSent);
        line.Dispose();
    }
}
