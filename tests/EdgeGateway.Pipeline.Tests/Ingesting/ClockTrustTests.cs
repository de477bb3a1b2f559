using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Pipeline.Tests.Ingesting;

public sealed class ClockTrustTests
{
    private readonly SteppableTime _time = new();
    private readonly SwitchedSource _source = new();

    private ClockTrust Trust(TimeSpan wait, long notBefore = long.MinValue) => new(new StampClock(_time), _source, wait, notBefore);

    private long Utc(ClockTrust trust) => new StampClock(_time).Now + trust.Offset!.Value;

    [Fact]
    public void Trust_is_gained_when_the_source_vouches()
    {
        var trust = Trust(TimeSpan.FromMinutes(15));
        Assert.False(trust.TryGain());
        _time.Pass(TimeSpan.FromMinutes(3));
        _source.IsSynchronised = true;
        Assert.True(trust.TryGain());
        Assert.True(trust.Verified);
        Assert.Equal("test", trust.Source);
        Assert.Equal(UtcMicros.From(_time.GetUtcNow()), Utc(trust));
        Assert.False(trust.TryGain());
    }

    [Fact]
    public void After_the_wait_it_goes_on_unverified_and_is_verified_later()
    {
        var trust = Trust(TimeSpan.FromMinutes(15));
        _time.Pass(TimeSpan.FromMinutes(15));
        Assert.True(trust.TryGain());
        Assert.False(trust.Verified);
        Assert.Equal("unverified", trust.Source);
        _source.IsSynchronised = true;
        Assert.False(trust.TryStep(out _, out _));
        Assert.True(trust.Verified);
    }

    [Fact]
    public void Time_never_falls_below_the_last_commit()
    {
        _source.IsSynchronised = true;
        var last = UtcMicros.From(_time.GetUtcNow()) + UtcMicros.PerHour;
        var trust = Trust(TimeSpan.Zero, last);
        Assert.True(trust.TryGain());
        Assert.True(Utc(trust) >= last);
        Assert.True(trust.TryStep(out var step, out var followed));
        Assert.Equal(-UtcMicros.PerHour, step);
        Assert.False(followed);
    }

    [Fact]
    public void A_step_back_is_reported_once_and_never_followed()
    {
        _source.IsSynchronised = true;
        var trust = Trust(TimeSpan.Zero);
        trust.TryGain();
        var before = Utc(trust);
        _time.Step(TimeSpan.FromHours(-1));
        Assert.True(trust.TryStep(out var step, out var followed));
        Assert.Equal(-UtcMicros.PerHour, step);
        Assert.False(followed);
        Assert.True(Utc(trust) >= before);
        _time.Pass(TimeSpan.FromSeconds(10));
        Assert.False(trust.TryStep(out _, out _));
    }

    [Fact]
    public void A_step_ahead_is_followed_only_while_the_source_vouches()
    {
        var trust = Trust(TimeSpan.Zero);
        trust.TryGain();
        _time.Step(TimeSpan.FromHours(2));
        Assert.True(trust.TryStep(out _, out var followed));
        Assert.False(followed);
        _source.IsSynchronised = true;
        _time.Step(TimeSpan.FromHours(1));
        Assert.True(trust.TryStep(out var step, out followed));
        Assert.Equal(3 * UtcMicros.PerHour, step);
        Assert.True(followed);
        Assert.True(trust.Verified);
        Assert.Equal(UtcMicros.From(_time.GetUtcNow()), Utc(trust));
        Assert.False(trust.TryStep(out _, out _));
    }
}
