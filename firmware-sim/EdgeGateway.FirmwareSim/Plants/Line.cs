using EdgeGateway.FirmwareSim.Profiles;

namespace EdgeGateway.FirmwareSim.Plants;

/// <summary>One production line: its phases, power and pieces, made as far as anyone has asked. Thread-safe.</summary>
/// <remarks>What is made depends on the seed alone, never on who asked when: phases follow each other in order and draw from streams of their own.</remarks>
internal sealed class Line
{
    private readonly Lock _lock = new();
    private readonly LineProfile _profile;
    private readonly SeededRandom _phases, _loads, _outcomes;
    private readonly PowerTrack _power;
    private readonly StateTrack _states;
    private readonly PieceTrack _good = new();
    private readonly PieceTrack _scrap = new();
    private LinePhase _next;
    private long _level;
    private long _untilPiece;

    public Line(LineProfile profile, ulong seed, ulong stream, long start)
    {
        _profile = profile;
        _phases = SeededRandom.Of(seed, stream);
        _loads = SeededRandom.Of(seed, stream + 1);
        _outcomes = SeededRandom.Of(seed, stream + 2);
        _power = new PowerTrack(start);
        _states = new StateTrack(start);
        _next = profile.First;
        _untilPiece = _outcomes.Draw(profile.Cycle);
    }

    /// <summary>Nanojoules in [start, <paramref name="time"/>).</summary>
    public Int128 EnergyUntil(long time)
    {
        lock (_lock)
        {
            Reach(time);
            return _power.Until(time);
        }
    }

    /// <summary>Good pieces finished before <paramref name="time"/>.</summary>
    public long GoodUntil(long time) => PiecesUntil(_good, time);

    /// <summary>Scrapped pieces finished before <paramref name="time"/>.</summary>
    public long ScrapUntil(long time) => PiecesUntil(_scrap, time);

    /// <summary>Drops what happened before <paramref name="time"/>.</summary>
    public void Forget(long time)
    {
        lock (_lock)
        {
            Reach(time);
            _power.Forget(time);
            _states.Forget(time);
            _good.Forget(time);
            _scrap.Forget(time);
        }
    }

    public LineState StateAt(long time)
    {
        lock (_lock)
        {
            Reach(time);
            return _states.At(time);
        }
    }

    /// <summary>Microseconds of <paramref name="state"/> in [start, <paramref name="time"/>).</summary>
    public long StateUntil(LineState state, long time)
    {
        lock (_lock)
        {
            Reach(time);
            return _states.Until(state, time);
        }
    }

    /// <summary>The steps of power up to <paramref name="time"/>, for tests that integrate by themselves.</summary>
    internal IReadOnlyList<PowerTrack.Step> StepsUntil(long time)
    {
        lock (_lock)
        {
            Reach(time);
            return [.. _power.Steps];
        }
    }

    private long PiecesUntil(PieceTrack pieces, long time)
    {
        lock (_lock)
        {
            Reach(time);
            return pieces.Until(time);
        }
    }

    private void Reach(long time)
    {
        while (_power.End <= time) AddPhase();
    }

    private void AddPhase()
    {
        var start = _power.End;
        var phase = _next;
        var edge = _profile.ShiftEdgeAfter(start, out var onShift);
        long end;
        if (onShift)
        {
            end = Math.Min(start + _phases.Draw(_profile.Of(phase).Micros), edge);
            _next = end == edge ? LinePhase.Stopped : After(phase);
        }
        else
        {
            phase = LinePhase.Stopped;
            end = edge;
            _next = LinePhase.StartUp;
        }

        AddLoad(start, end, _profile.Of(phase).Milliwatts);
        _states.Append(end, phase switch
        {
            LinePhase.Running => LineState.Running,
            LinePhase.Stopped => LineState.Stopped,
            _ => LineState.Idle,
        });
        if (phase == LinePhase.Running) AddPieces(start, end);
    }

    private LinePhase After(LinePhase phase) => phase switch
    {
        LinePhase.Running => _phases.Happens(_profile.StopsPerMille) ? LinePhase.Stopped : LinePhase.Idle,
        LinePhase.Stopped => LinePhase.StartUp,
        _ => LinePhase.Running,
    };

    /// <summary>A walk inside the phase's band: neighbouring steps resemble each other, as a machine's load does.</summary>
    private void AddLoad(long start, long end, Between band)
    {
        _level = _loads.Draw(band);
        for (var at = start; at < end;)
        {
            var until = Math.Min(at + _loads.Draw(_profile.LoadStep), end);
            _power.Append(until, _level);
            _level = Math.Clamp(_level + _loads.Draw(new Between(-_profile.LoadStride, _profile.LoadStride)), band.Low, band.High);
            at = until;
        }
    }

    private void AddPieces(long start, long end)
    {
        var at = start + _untilPiece;
        for (; at < end; at += _outcomes.Draw(_profile.Cycle)) (_outcomes.Happens(_profile.ScrapPerMille) ? _scrap : _good).Add(at);
        _untilPiece = at - end;
    }
}
