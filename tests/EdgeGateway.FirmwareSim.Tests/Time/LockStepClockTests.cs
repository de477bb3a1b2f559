using System.Globalization;
using EdgeGateway.FirmwareSim.Time;

namespace EdgeGateway.FirmwareSim.Tests.Time;

public sealed class LockStepClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Timers_fire_by_deadline_then_in_the_order_they_were_armed_at_their_exact_time()
    {
        var clock = new LockStepClock(Start);
        var log = new List<string>();
        void Note(object? name) => log.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {clock.NowMicros - Micros(Start)}"));
        using var late = clock.CreateTimer(Note, "late", TimeSpan.FromMicroseconds(30), Timeout.InfiniteTimeSpan);
        using var odd = clock.CreateTimer(Note, "odd", TimeSpan.FromTicks(95), Timeout.InfiniteTimeSpan);
        using var every = clock.CreateTimer(Note, "every", TimeSpan.FromMicroseconds(10), TimeSpan.FromMicroseconds(10));
        using var gone = clock.CreateTimer(Note, "gone", TimeSpan.FromMicroseconds(5), Timeout.InfiniteTimeSpan);
        using var moved = clock.CreateTimer(Note, "moved", TimeSpan.FromMicroseconds(5), Timeout.InfiniteTimeSpan);
        gone.Dispose();
        Assert.False(gone.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        Assert.True(moved.Change(TimeSpan.FromMicroseconds(20), Timeout.InfiniteTimeSpan));
        clock.RunUntil(Start.AddMicroseconds(30));
        Assert.Equal(["odd 10", "every 10", "moved 20", "every 20", "late 30", "every 30"], log);
        Assert.Equal(6, clock.Steps);
        clock.RunUntil(Start.AddMicroseconds(35));
        Assert.Equal(Start.AddMicroseconds(35), clock.GetUtcNow());
        Assert.Equal(6, log.Count);
        Assert.Equal(TimeSpan.FromMicroseconds(35), clock.GetElapsedTime(Micros(Start)));
    }

    [Fact]
    public async Task Delays_and_cancellations_of_the_runtime_follow_it()
    {
        var clock = new LockStepClock(Start);
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(90), clock);
        var ticks = 0;
        using var periodic = new PeriodicTimer(TimeSpan.FromSeconds(25), clock);
        var party = new LockStepParty("ticker", () => Volatile.Read(ref ticks) == Math.Min(3, (clock.NowMicros - Micros(Start)) / 25_000_000), () => Volatile.Read(ref ticks));
        var ticking = TickAsync();
        using var registration = clock.Register(party);
        var delay = Task.Delay(TimeSpan.FromDays(1), clock, cancel.Token);
        await clock.RunUntilAsync(Start.AddSeconds(89));
        Assert.False(delay.IsCompleted);
        await clock.RunUntilAsync(Start.AddSeconds(90));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delay);
        await ticking;
        Assert.Equal(3, ticks);

        async Task TickAsync()
        {
            while (ticks < 3 && await periodic.WaitForNextTickAsync()) Interlocked.Increment(ref ticks);
        }
    }

    [Fact]
    public async Task It_waits_for_whoever_moves_and_for_what_is_under_way()
    {
        var clock = new LockStepClock(Start);
        long given = 0, taken = 0, activity = 0;
        var quiet = true;
        using var party = clock.Register(new LockStepParty("worker", () => Volatile.Read(ref quiet), () => Interlocked.Read(ref activity)));
        using var balance = clock.Register(new LockStepBalance("bytes", () => Interlocked.Read(ref given), () => Interlocked.Read(ref taken)));
        var seen = new List<long>();
        using var work = clock.CreateTimer(
            _ =>
            {
                Interlocked.Add(ref given, 12);
                ThreadPool.QueueUserWorkItem(_ =>
                {
                    Volatile.Write(ref quiet, false);
                    Interlocked.Increment(ref activity);
                    seen.Add(clock.NowMicros - Micros(Start));
                    Interlocked.Add(ref taken, 12);
                    Thread.SpinWait(20_000);
                    seen.Add(clock.NowMicros - Micros(Start));
                    Volatile.Write(ref quiet, true);
                    Interlocked.Increment(ref activity);
                });
            },
            null,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(1));
        await clock.RunUntilAsync(Start.AddSeconds(200));
        Assert.Equal(Enumerable.Range(1, 200).SelectMany(i => (long[])[i * 1_000_000L, i * 1_000_000L]), seen);
    }

    [Fact]
    public void A_stall_names_who_is_not_quiet_and_what_is_under_way()
    {
        var clock = new LockStepClock(Start, stallLimit: TimeSpan.FromMilliseconds(50));
        long sent = 100;
        using var quiet = clock.Register(new LockStepParty("store", () => true, () => 0));
        var moving = clock.Register(new LockStepParty("bus plant-1", () => false, () => 0));
        using var balance = clock.Register(new LockStepBalance("bytes to the plant", () => sent, () => 40));
        sent = 112;
        var message = Assert.Throws<LockStepStallException>(() => clock.RunUntil(Start.AddSeconds(1))).Message;
        Assert.Equal("The simulated clock stands at 2026-11-24T08:00:00.000000Z for 0.05 s: bus plant-1 is not quiet; bytes to the plant: 112 given, 40 taken, 12 under way.", message);
        moving.Dispose();
        sent = 100;
        clock.RunUntil(Start.AddSeconds(1));
        Assert.Equal(Start.AddSeconds(1), clock.GetUtcNow());
    }

    [Fact]
    public void A_restless_activity_count_holds_it_too()
    {
        var clock = new LockStepClock(Start, stallLimit: TimeSpan.FromMilliseconds(50));
        long activity = 0;
        using var party = clock.Register(new LockStepParty("fidget", () => true, () => activity++));
        Assert.Contains("something changes all the time", Assert.Throws<LockStepStallException>(() => clock.Settle()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Waiting_can_be_cancelled_and_what_a_timer_throws_comes_out()
    {
        var clock = new LockStepClock(Start);
        using var moving = clock.Register(new LockStepParty("bus", () => false, () => 0));
        Assert.ThrowsAny<OperationCanceledException>(() => clock.RunUntil(Start.AddSeconds(1), new CancellationToken(canceled: true)));
        moving.Dispose();
        using var bomb = clock.CreateTimer(_ => throw new InvalidOperationException("bomb"), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        Assert.Equal("bomb", Assert.Throws<InvalidOperationException>(() => clock.RunUntil(Start.AddSeconds(1))).Message);
    }

    private static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / 10;
}
