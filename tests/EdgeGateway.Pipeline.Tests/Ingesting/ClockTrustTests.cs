using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Pipeline.Tests.Ingesting;

public sealed class ClockTrustTests
{
    private readonly SteppableTime _time = new();
    private readonly SwitchedSource _source = new();
    private readonly SwitchedSource _lesser = new() { Name = "lesser" };
    private readonly StampClock _stamps;

    public ClockTrustTests() => _stamps = new StampClock(_time);

    private ClockTrust Trust(TimeSpan wait, long notBefore = long.MinValue) => new(_stamps, [_source, _lesser], wait, notBefore);

    private long Utc(ClockTrust trust) => _stamps.Now + trust.Offset!.Value;

    private long System => UtcMicros.From(_time.GetUtcNow());

    [Fact]
    public void Trust_is_gained_when_a_source_vouches()
    {
        var trust = Trust(TimeSpan.FromMinutes(15));
        Assert.Equal(ClockChange.None, trust.Look().Change);
        _time.Pass(TimeSpan.FromMinutes(3));
        _source.IsSynchronised = true;
        Assert.Equal(ClockChange.Gained, trust.Look().Change);
        Assert.True(trust.Verified);
        Assert.Equal("test", trust.Source);
        Assert.Equal(System, Utc(trust));
        Assert.Equal(ClockChange.None, trust.Look().Change);
    }

    [Fact]
    public void After_the_wait_it_goes_on_unverified_and_is_verified_later()
    {
        var trust = Trust(TimeSpan.FromMinutes(15));
        _time.Pass(TimeSpan.FromMinutes(15));
        Assert.Equal(ClockChange.Gained, trust.Look().Change);
        Assert.False(trust.Verified);
        Assert.Equal("unverified", trust.Source);
        _source.IsSynchronised = true;
        Assert.Equal(ClockChange.Vouched, trust.Look().Change);
        Assert.True(trust.Verified);
    }

    [Fact]
    public void A_clock_that_was_never_set_dates_nothing_unless_a_commit_does()
    {
        _time.Step(new DateTimeOffset(1970, 1, 1, 0, 5, 0, TimeSpan.Zero) - _time.GetUtcNow());
        var trust = Trust(TimeSpan.FromMinutes(15));
        _time.Pass(TimeSpan.FromDays(2));
        Assert.Equal(ClockChange.None, trust.Look().Change);
        var last = ClockLimits.Set + 7 * UtcMicros.PerHour;
        var after = Trust(TimeSpan.Zero, last);
        _time.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(ClockChange.Gained, after.Look().Change);
        Assert.Equal(last + 5 * UtcMicros.PerSecond, Utc(after));
        Assert.False(after.Verified);
    }

    [Fact]
    public void The_first_source_of_several_is_followed_and_a_lesser_one_only_a_day_after_it_fell_silent()
    {
        _lesser.IsSynchronised = true;
        (_lesser.HasOwnTime, _lesser.Offset) = (true, _stamps.SystemOffset + 40 * UtcMicros.PerSecond);
        var trust = Trust(TimeSpan.FromMinutes(15));
        trust.Look();
        Assert.Equal(("lesser", System + 40 * UtcMicros.PerSecond), (trust.Source, Utc(trust)));
        _source.IsSynchronised = true;
        Assert.Equal(new ClockNews(ClockChange.SteppedBack, -40 * UtcMicros.PerSecond), trust.Look());
        Assert.Equal("test", trust.Source);
        _time.Pass(TimeSpan.FromMinutes(10));
        Assert.Equal(ClockChange.Vouched, trust.Look().Change);
        Assert.Equal(System, Utc(trust));
        _source.IsSynchronised = false;
        _time.Pass(TimeSpan.FromHours(23));
        Assert.Equal(ClockChange.None, trust.Look().Change);
        Assert.Equal(("test", true), (trust.Source, trust.Verified));
        _time.Pass(TimeSpan.FromHours(2));
        Assert.Equal(ClockChange.SteppedAhead, trust.Look().Change);
        Assert.Equal("lesser", trust.Source);
    }

    [Fact]
    public void A_day_after_the_last_word_nobody_vouches_any_more()
    {
        _source.IsSynchronised = true;
        var trust = Trust(TimeSpan.Zero);
        trust.Look();
        _source.IsSynchronised = false;
        _time.Pass(TimeSpan.FromHours(25));
        Assert.Equal(ClockChange.Doubted, trust.Look().Change);
        Assert.Equal(("unverified", false), (trust.Source, trust.Verified));
        Assert.Equal(ClockChange.None, trust.Look().Change);
        _source.IsSynchronised = true;
        Assert.Equal(ClockChange.Vouched, trust.Look().Change);
        Assert.True(trust.Verified);
    }

    [Fact]
    public void Time_never_falls_below_the_last_commit_and_is_given_back_slowly()
    {
        _source.IsSynchronised = true;
        var last = System + UtcMicros.PerHour;
        var trust = Trust(TimeSpan.Zero, last);
        Assert.Equal(new ClockNews(ClockChange.Gained, UtcMicros.PerHour), trust.Look());
        Assert.True(Utc(trust) >= last);
        Assert.False(trust.Verified);
        var before = Utc(trust);
        for (var minute = 0; minute < 599; minute++)
        {
            _time.Pass(TimeSpan.FromMinutes(1));
            Assert.Equal(ClockChange.None, trust.Look().Change);
            Assert.True(Utc(trust) > before, "time fell");
            before = Utc(trust);
            Assert.False(trust.Verified);
        }
        _time.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(ClockChange.Vouched, trust.Look().Change);
        Assert.Equal((System, 0), (Utc(trust), trust.Ahead));
        Assert.True(trust.Verified);
    }

    [Fact]
    public void A_step_back_is_given_back_slowly_and_one_ahead_meanwhile_is_taken_at_once()
    {
        _source.IsSynchronised = true;
        var trust = Trust(TimeSpan.Zero);
        trust.Look();
        var before = Utc(trust);
        _time.Step(TimeSpan.FromHours(-1));
        Assert.Equal(new ClockNews(ClockChange.SteppedBack, -UtcMicros.PerHour), trust.Look());
        Assert.Equal(before, Utc(trust));
        Assert.False(trust.Verified);
        _time.Pass(TimeSpan.FromHours(1));
        Assert.Equal(ClockChange.None, trust.Look().Change);
        Assert.Equal(before + UtcMicros.PerHour * 9 / 10, Utc(trust));
        _time.Step(TimeSpan.FromMinutes(-6));
        Assert.Equal(ClockChange.SteppedBack, trust.Look().Change);
        Assert.Equal(before + UtcMicros.PerHour * 9 / 10, Utc(trust));
        _time.Step(TimeSpan.FromHours(2));
        Assert.Equal(ClockChange.SteppedAhead, trust.Look().Change);
        Assert.Equal((System, true), (Utc(trust), trust.Verified));
    }

    [Fact]
    public void A_step_that_nobody_vouches_for_is_told_once_and_not_followed()
    {
        var trust = Trust(TimeSpan.Zero);
        trust.Look();
        _time.Step(TimeSpan.FromHours(2));
        Assert.Equal(new ClockNews(ClockChange.Ignored, 2 * UtcMicros.PerHour), trust.Look());
        Assert.Equal(ClockChange.None, trust.Look().Change);
        Assert.Equal(System - 2 * UtcMicros.PerHour, Utc(trust));
        _source.IsSynchronised = true;
        _time.Step(TimeSpan.FromHours(1));
        Assert.Equal(new ClockNews(ClockChange.SteppedAhead, 3 * UtcMicros.PerHour), trust.Look());
        Assert.True(trust.Verified);
        Assert.Equal(System, Utc(trust));
    }

    /// <summary>Whatever the sources do: time ascends with boot time, and a verified time is that of a source that vouches or did within a day.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Time_ascends_whatever_the_clocks_do(int seed)
    {
        var random = new Random(seed);
        var trust = Trust(TimeSpan.FromMinutes(1));
        var (boot, utc, sampled, sampledUtc) = (0L, long.MinValue, 0L, long.MinValue);
        for (var tick = 0; tick < 20_000; tick++)
        {
            _time.Pass(TimeSpan.FromMilliseconds(random.Next(1, 2_000)));
            if (random.Next(50) == 0) _time.Step(TimeSpan.FromSeconds(random.NextDouble() * 400 - 200));
            if (random.Next(80) == 0) _source.IsSynchronised = !_source.IsSynchronised;
            if (random.Next(80) == 0) _lesser.IsSynchronised = !_lesser.IsSynchronised;
            if (random.Next(200) == 0) (_lesser.HasOwnTime, _lesser.Offset) = (random.Next(2) == 0, _stamps.SystemOffset + random.Next(-90_000_000, 90_000_000));
            trust.Look();
            if (trust.Offset is null) continue;
            Assert.True(Utc(trust) > utc, $"at tick {tick} time fell by {utc - Utc(trust)} µs");
            Assert.True(Utc(trust) - utc >= (_stamps.Now - boot) * 9 / 10 - 1 || utc == long.MinValue, $"at tick {tick} time ran too slowly");
            // A sample is stamped before it reaches Ingest, and keeps its place among the others.
            var stamp = random.NextInt64(Math.Max(sampled, _stamps.Now - 3 * UtcMicros.PerSecond) + 1, _stamps.Now + 1);
            var dated = stamp + trust.Line.OffsetAt(stamp);
            Assert.True(dated > sampledUtc, $"at tick {tick} a sample fell behind the one before by {sampledUtc - dated} µs");
            (sampled, sampledUtc) = (stamp, dated);
            (boot, utc) = (_stamps.Now, Utc(trust));
            if (trust.Verified && _source.IsSynchronised) Assert.InRange(Utc(trust) - System, -UtcMicros.PerSecond, UtcMicros.PerSecond);
        }
    }
}
