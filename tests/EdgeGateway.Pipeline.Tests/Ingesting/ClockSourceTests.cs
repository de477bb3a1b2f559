using System.Globalization;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Pipeline.Tests.Ingesting;

public sealed class ClockSourceTests : IDisposable
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-rtc-");
    private readonly SteppableTime _time = new();
    private readonly StampClock _stamps;

    public ClockSourceTests() => _stamps = new StampClock(_time);

    public void Dispose() => _folder.Delete(recursive: true);

    private long System => UtcMicros.From(_time.GetUtcNow());

    private void Shows(long micros) => File.WriteAllText(Path.Combine(_folder.FullName, "since_epoch"), (micros / UtcMicros.PerSecond).ToString(CultureInfo.InvariantCulture) + "\n");

    private bool Vouches(long lastCommit, bool verified = true) => new RtcClock(_folder.FullName, _time, lastCommit, verified).IsSynchronised;

    [Fact]
    public void A_battery_clock_vouches_where_it_has_gone_on_since_the_last_commit()
    {
        Assert.False(Vouches(System - UtcMicros.PerHour));
        Shows(System);
        Assert.True(Vouches(System - UtcMicros.PerHour));
        Assert.False(Vouches(System - UtcMicros.PerHour, verified: false));
        Assert.False(Vouches(long.MinValue));
    }

    [Fact]
    public void A_battery_clock_that_began_anew_or_disagrees_vouches_for_nothing()
    {
        var commit = System - UtcMicros.PerHour;
        // The battery was empty: it counts from some early date; the system clock was saved at shutdown.
        Shows(946_684_800L * UtcMicros.PerSecond);
        Assert.False(Vouches(commit));
        // It holds local time.
        Shows(System + 8 * UtcMicros.PerHour);
        Assert.False(Vouches(commit));
        // Both agree, and lie before the commit, or years behind it.
        Shows(System);
        Assert.False(Vouches(System + UtcMicros.PerHour));
        Assert.False(Vouches(System - RtcClock.LongestRest - UtcMicros.PerHour));
        foreach (var nonsense in new[] { "", "x", "-5", "99999999999999999999", "9223372036854775807" })
        {
            File.WriteAllText(Path.Combine(_folder.FullName, "since_epoch"), nonsense);
            Assert.False(Vouches(commit));
        }
    }

    [Fact]
    public void A_device_that_shows_whole_seconds_is_good_to_one()
    {
        var device = new DeviceTime(_stamps, System - UtcMicros.PerHour);
        var truth = _stamps.SystemOffset;
        Assert.Null(device.Offset);
        for (var reading = 0; reading < 20; reading++)
        {
            _time.Pass(TimeSpan.FromMilliseconds(5_370));
            var shown = TimeZoneInfo.ConvertTime(_time.GetUtcNow(), Zone).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
            Assert.True(device.Note(shown, Zone, _stamps.Now));
            Assert.InRange(device.Offset!.Value - truth, -UtcMicros.PerSecond, 0);
        }
        Assert.InRange(device.Offset!.Value - truth, -300_000, 0);
        _time.Pass(TimeSpan.FromMinutes(6));
        Assert.Null(device.Offset);
    }

    [Fact]
    public void A_device_whose_clock_fell_back_or_makes_no_sense_vouches_for_nothing()
    {
        var device = new DeviceTime(_stamps, System - UtcMicros.PerHour);
        Assert.True(device.Note("2000-01-01T00:00:07", Zone, _stamps.Now));
        Assert.False(device.IsSynchronised);
        _time.Pass(TimeSpan.FromSeconds(1));
        Assert.False(device.Note("soon", Zone, _stamps.Now));
        Assert.False(device.Note("", Zone, _stamps.Now));
        // An hour that happens twice.
        Assert.False(device.Note("2026-10-25T02:30:00", TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), _stamps.Now));
        Assert.True(device.Note("2026-11-24T00:00:01Z", Zone, _stamps.Now));
        Assert.Equal(_stamps.SystemOffset, device.Offset);
    }

    [Fact]
    public void A_device_that_was_set_counts_from_its_new_time()
    {
        var device = new DeviceTime(_stamps, long.MinValue);
        device.Note(_stamps.SystemOffset + UtcMicros.PerHour, _stamps.Now);
        _time.Pass(TimeSpan.FromSeconds(1));
        device.Note(_stamps.SystemOffset, _stamps.Now);
        Assert.Equal(_stamps.SystemOffset, device.Offset);
    }

    [Fact]
    public void An_operators_word_holds_for_its_boot()
    {
        var said = new OperatorClock();
        Assert.Null(said.Write("boot-1"));
        said.Vouch(-5);
        var (same, other, broken) = (new OperatorClock(), new OperatorClock(), new OperatorClock());
        same.Read(said.Write("boot-1"), "boot-1");
        other.Read(said.Write("boot-1"), "boot-2");
        broken.Read("boot-1 many", "boot-1");
        Assert.Equal((-5L, false, false), (same.Offset!.Value, other.IsSynchronised, broken.IsSynchronised));
    }

    [Fact]
    public void The_kernels_word_can_be_asked_for()
    {
        // What it says depends on the machine; that it can be asked, twice and alike, does not.
        var kernel = new KernelClock();
        Assert.Equal("ntp", kernel.Name);
        Assert.Equal(kernel.IsSynchronised, kernel.IsSynchronised);
    }
}
