using EdgeGateway.OpcUa.Client;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Services;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.OpcUa.Polling;

/// <summary>Points of one period. Their requests are encoded once a session, and cut anew where the server's limits are learned to be lower.</summary>
internal sealed class PollGroup(DevicePoll device, int[] points, long period, bool register, long retry) : IReplyHandler
{
    private const int TagRegister = -1;

    private readonly List<PollBatch> _batches = [];
    private readonly Dictionary<int, NodeId> _registered = [];
    private readonly HashSet<int> _poisonous = [];
    private readonly UaWriter _encoded = new();
    private int[] _registering = [], _left = [];
    private int _nextToRegister, _limitsVersion = -1, _outstanding;
    private long _due, _unknownDue = long.MaxValue, _poisonDue = long.MaxValue;
    private NamespaceTable? _namespaces;
    private DataValue[] _values = [];

    /// <summary>When it is due next.</summary>
    public long Due => _due;

    public void OnReady(bool newSession)
    {
        _outstanding = 0;
        _due = 0;
        if (!newSession) return;
        _registered.Clear();
        _namespaces = null;
        _nextToRegister = register ? 0 : points.Length;
        RegisterNext();
    }

    public void Advance(long now, bool inSession, bool wasTold)
    {
        if (now < _due) return;
        // A deadline keeps its phase; cycles that are over are skipped, not made up for.
        var late = _due == 0 ? 0 : (now - _due) / period;
        if (late > 0) device.Context.BusHealth.CountSkipped(late);
        _due = _due == 0 ? now + period : _due + (late + 1) * period;
        if (!inSession)
        {
            if (wasTold) foreach (var i in points) device.Miss(i, Quality.BadDisconnected, now);
            return;
        }
        if (_outstanding > 0)
        {
            device.Context.BusHealth.CountSkipped();
            return;
        }
        Prepare(now);
        // What no request asks for just now is missing all the same.
        foreach (var i in _left) device.Miss(i, Quality.BadException, now);
        for (var b = 0; b < _batches.Count; b++)
        {
            AttributeServices.WriteRead(device.UaClient.Begin(AttributeServices.Read), TimestampsToReturn.Both, _batches[b].Points.Length, _batches[b].Items);
            device.UaClient.Submit(this, b);
            _outstanding++;
        }
    }

    public void OnReply(in Reply reply, ref UaReader body)
    {
        if (reply.Tag == TagRegister)
        {
            TakeRegistered(reply, ref body);
            return;
        }
        _outstanding = Math.Max(0, _outstanding - 1);
        if (reply.Tag >= _batches.Count) return;
        var batch = _batches[reply.Tag];
        if (_values.Length < batch.Points.Length) _values = new DataValue[batch.Points.Length];
        var values = _values.AsSpan(0, batch.Points.Length);
        if (reply.Status.IsBad || !AttributeServices.ReadValues(ref body, values))
        {
            Fail(batch, reply.Status.IsBad ? reply.Status : new StatusCode(StatusCodes.BadDecodingError), reply.ReceivedAt);
            device.Post();
            return;
        }
        device.Context.BusHealth.CountResponse();
        device.Context.Health.CountGood(reply.ReceivedAt + device.Context.Services.Stamps.SystemOffset, reply.ReceivedAt - reply.SentAt);
        if (batch.Points.Length == 1 && _poisonous.Remove(batch.Points[0])) _limitsVersion = -1;
        device.Note(reply.ServerTime, reply.ReceivedAt);
        for (var i = 0; i < values.Length; i++) device.Add(batch.Points[i], values[i], body.Data, reply);
        device.Post();
    }

    private void Fail(PollBatch batch, StatusCode status, long now)
    {
        foreach (var i in batch.Points) device.Miss(i, Points.PointDecoder.QualityOf(status), now);
        var client = device.UaClient;
        if (status.Code is StatusCodes.BadTimeout or StatusCodes.BadSecureChannelClosed)
        {
            device.Context.Health.CountTimeout();
            return;
        }
        if (client.Phase != ClientPhase.Ready || client.NoteStatus(status)) return;
        device.Context.Health.CountException();
        device.Context.Health.LastError = status.ToString();
        if (OperationLimits.IsTooMuch(status) && client.Limits.Halve(Operation.Read, batch.Points.Length)) return;
        // Not the size but one of them breaks the request: halves are tried, down to the one, which then waits.
        batch.Broken = true;
        _limitsVersion = -1;
        if (batch.Points.Length == 1)
        {
            // Asked for again in a request of its own, so that its neighbours lose nothing by the attempt.
            _poisonous.Add(batch.Points[0]);
            _poisonDue = now + retry;
        }
    }

    private void Prepare(long now)
    {
        if (!CutBatches(now)) return;
        var asked = _batches.SelectMany(b => b.Points).ToHashSet();
        _left = [.. points.Where(i => !asked.Contains(i))];
    }

    /// <summary>Cuts the points into requests where something changed; false where nothing did.</summary>
    private bool CutBatches(long now)
    {
        var client = device.UaClient;
        var stale = !ReferenceEquals(_namespaces, client.Namespaces) || _limitsVersion != client.Limits.Version;
        if (!stale && now < _unknownDue && now < _poisonDue) return false;
        if (now >= _unknownDue) client.RefreshNamespaces();
        var broken = _batches.Where(b => b.Broken && b.Points.Length > 1).Select(b => b.Points).ToArray();
        _namespaces = client.Namespaces;
        _limitsVersion = client.Limits.Version;
        _unknownDue = long.MaxValue;
        _batches.Clear();
        var limit = client.Limits[Operation.Read];
        var known = points.Where(i => !_poisonous.Contains(i) && IsKnown(i, now)).ToArray();
        foreach (var chunk in broken.SelectMany(Halves)) AddBatch([.. chunk.Where(i => Array.IndexOf(known, i) >= 0)]);
        var taken = broken.SelectMany(b => b).ToHashSet();
        foreach (var chunk in known.Where(i => !taken.Contains(i)).Chunk(limit)) AddBatch(chunk);
        if (now < _poisonDue) return true;
        _poisonDue = _poisonous.Count == 0 ? long.MaxValue : now + retry;
        foreach (var i in _poisonous.Where(i => IsKnown(i, now))) AddBatch([i]);
        // One attempt each: the next cycle is prepared anew, without those that failed.
        if (_poisonous.Count > 0) _limitsVersion = -1;
        return true;
    }

    private static IEnumerable<int[]> Halves(int[] batch) => [batch[..(batch.Length / 2)], batch[(batch.Length / 2)..]];

    private bool IsKnown(int i, long now)
    {
        if (_namespaces!.TryResolve(device.Tracks[i].Point.Map.Options.Get(Options.OpcUaOptions.Node), out _)) return true;
        _unknownDue = Math.Min(_unknownDue, now + retry);
        device.Unknown(i, now);
        return false;
    }

    private void AddBatch(int[] batch)
    {
        if (batch.Length == 0) return;
        _encoded.Clear();
        foreach (var i in batch)
        {
            _namespaces!.TryResolve(device.Tracks[i].Point.Map.Options.Get(Options.OpcUaOptions.Node), out var node);
            AttributeServices.WriteItem(_encoded, new ReadItem(_registered.GetValueOrDefault(i, node)));
        }
        _batches.Add(new PollBatch(batch, _encoded.Written.ToArray()));
    }

    private void RegisterNext()
    {
        var client = device.UaClient;
        _registering = [.. points.Skip(_nextToRegister).Take(client.Limits[Operation.Register]).Where(i => client.Namespaces.TryResolve(device.Tracks[i].Point.Map.Options.Get(Options.OpcUaOptions.Node), out _))];
        _nextToRegister = Math.Min(points.Length, _nextToRegister + client.Limits[Operation.Register]);
        if (_registering.Length == 0) return;
        var nodes = _registering.Select(i => client.Namespaces.TryResolve(device.Tracks[i].Point.Map.Options.Get(Options.OpcUaOptions.Node), out var node) ? node : default).ToArray();
        ViewServices.WriteRegister(client.Begin(ViewServices.RegisterNodes), nodes);
        client.Submit(this, TagRegister);
    }

    private void TakeRegistered(in Reply reply, ref UaReader body)
    {
        if (device.UaClient.Phase != ClientPhase.Ready || device.UaClient.NoteStatus(reply.Status)) return;
        // A server that cannot register is read by the nodes' own ids.
        if (!reply.Status.IsBad && ViewServices.ReadRegistered(ref body, _registering.Length) is { } nodes)
        {
            for (var k = 0; k < nodes.Length; k++)
            {
                if (!nodes[k].IsNull) _registered[_registering[k]] = nodes[k];
            }
            _limitsVersion = -1;
        }
        if (_nextToRegister < points.Length) RegisterNext();
    }
}
