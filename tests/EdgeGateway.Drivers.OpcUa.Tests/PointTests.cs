using System.Numerics;
using CsCheck;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.Drivers.OpcUa.Points;
using EdgeGateway.Drivers.OpcUa.Tests.Peers;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.OpcUa.Tests;

/// <summary>Values, times and heartbeats of one point, without a server.</summary>
public sealed class PointTests
{
    private const long Second = 1_000_000;
    private static readonly Mark Here = new("test.yaml", 1, 1);

    private sealed class Clock : TimeProvider
    {
        public long Micros { get; set; } = 100 * Second;

        public long UtcAhead { get; set; } = 1_800_000_000 * Second;

        public override long TimestampFrequency => Second;

        public override long GetTimestamp() => Micros;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks((Micros + UtcAhead) * 10);
    }

    private readonly Clock _time = new();
    private readonly StampClock _stamps;
    private readonly RecordingSink _sink = new();
    private readonly SampleWriter _writer;

    public PointTests()
    {
        _stamps = new StampClock(_time);
        _writer = new SampleWriter(_sink, new BusHealth([]));
    }

    private static PointMap Map(PointKind kind, NodeFormat format = NodeFormat.Integer, ExactDecimal? resolution = null, long element = -1)
    {
        var options = new OptionValues { Mark = Here };
        if (format != NodeFormat.Integer) options.Set(OpcUaOptions.Format, format);
        if (element >= 0) options.Set(OpcUaOptions.Element, element);
        return new PointMap { Name = "p", Path = "d.p", Kind = kind, Poll = TimeSpan.FromSeconds(1), Options = options, Mark = Here, Resolution = resolution ?? ExactDecimal.One };
    }

    private static (DataValue Value, byte[] Message) Value(BuiltInType type, ulong bits, uint status = 0, long source = UaTime.None, long server = UaTime.None)
    {
        var w = new UaWriter().Byte((byte)(1 | 2 | (source == UaTime.None ? 0 : 4) | (server == UaTime.None ? 0 : 8))).Scalar(type, bits).UInt32(status);
        if (source != UaTime.None) w.Time(source);
        if (server != UaTime.None) w.Time(server);
        var bytes = w.Written.ToArray();
        var r = new UaReader(bytes);
        DataValue value = default;
        DataValue.Read(ref r, ref value);
        Assert.False(r.Failed);
        return (value, bytes);
    }

    private static PointReading Decode(PointMap map, BuiltInType type, ulong bits, uint status = 0)
    {
        var (value, message) = Value(type, bits, status);
        return new PointDecoder(map).Decode(value, message);
    }

    private static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);

    [Fact]
    public void A_counter_is_taken_only_in_the_format_it_is_declared_with()
    {
        Assert.Equal(new PointReading(Quality.Good, 0, 7), Decode(Map(PointKind.Counter), BuiltInType.UInt32, 7));
        Assert.Equal(Quality.BadMalformed, Decode(Map(PointKind.Counter), BuiltInType.Double, Bits(7)).Quality);
        Assert.Equal(Quality.BadMalformed, Decode(Map(PointKind.Counter), BuiltInType.Boolean, 1).Quality);
        Assert.Equal(Quality.BadMalformed, Decode(Map(PointKind.Counter, NodeFormat.Double), BuiltInType.Float, BitConverter.SingleToUInt32Bits(7)).Quality);
        Assert.Equal(Quality.BadMalformed, Decode(Map(PointKind.Counter, NodeFormat.Double), BuiltInType.UInt32, 7).Quality);
        Assert.Equal(700, Decode(Map(PointKind.Counter, NodeFormat.Double, new ExactDecimal(1, -2)), BuiltInType.Double, Bits(7)).Integer);
        Assert.Equal(Quality.BadOutOfRange, Decode(Map(PointKind.Counter), BuiltInType.UInt64, ulong.MaxValue).Quality);
        Assert.Equal(Quality.BadOutOfRange, Decode(Map(PointKind.Counter, NodeFormat.Double), BuiltInType.Double, Bits(double.NaN)).Quality);
        Assert.Equal(Quality.BadOutOfRange, Decode(Map(PointKind.Counter, NodeFormat.Double), BuiltInType.Double, Bits(1e19)).Quality);
    }

    [Theory]
    [InlineData(BuiltInType.Int16, 7, "Int16 7")]
    [InlineData(BuiltInType.Boolean, 1, "Boolean 1")]
    [InlineData(BuiltInType.UInt64, -1, "UInt64 18446744073709551615")]
    [InlineData(BuiltInType.Float, 0x3FC0_0000, "Float 1.5")]
    public void What_a_server_told_is_shown_as_it_told_it(BuiltInType type, long bits, string text)
    {
        var told = new ToldNumber();
        Assert.Null(told.Now);
        var (value, message) = Value(type, (ulong)bits);
        var decoder = new PointDecoder(Map(PointKind.Gauge, resolution: new ExactDecimal(1, -2)));
        decoder.Decode(value, message);
        told.Keep(5, decoder.Raw);
        Assert.Equal(new RawReading(5, text), told.Now);
        (value, message) = Value(type, (ulong)bits, status: 0x8031_0000);
        decoder.Decode(value, message);
        told.Keep(6, decoder.Raw);
        Assert.Null(told.Now);
    }

    [Fact]
    public void A_gauge_is_scaled_and_never_infinite()
    {
        Assert.Equal(0.07, Decode(Map(PointKind.Gauge, resolution: new ExactDecimal(1, -2)), BuiltInType.Int16, 7).Number, 12);
        Assert.Equal(Quality.BadOutOfRange, Decode(Map(PointKind.Gauge), BuiltInType.Double, Bits(double.PositiveInfinity)).Quality);
        Assert.Equal(Quality.BadMalformed, Decode(Map(PointKind.Gauge), BuiltInType.DateTime, 7).Quality);
    }

    [Theory]
    [InlineData(0x4000_0000u, Quality.UncertainDevice)]
    [InlineData(0x8000_0000u, Quality.BadException)]
    [InlineData(0x800A_0000u, Quality.BadTimeout)]
    [InlineData(0x8031_0000u, Quality.BadDisconnected)]
    [InlineData(0x0000_0480u, Quality.Good)]
    public void A_status_becomes_a_quality(uint status, Quality expected) => Assert.Equal(expected, Decode(Map(PointKind.Gauge), BuiltInType.Double, Bits(1), status).Quality);

    [Fact]
    public void Steps_are_what_infinite_precision_would_give() => Gen.Select(Gen.Double[-1e15, 1e15], Gen.Long[1, 1_000_000], Gen.Int[-6, 3]).Sample((value, mantissa, exponent) =>
    {
        var resolution = new ExactDecimal(mantissa, (sbyte)exponent);
        var ok = new StepDivision(resolution).TryDivide(value, out var steps);
        var (top, bottom) = Exact(value, resolution);
        // Half-even: the rest is below half a step, or exactly half with an even result.
        var twice = BigInteger.Abs((top - steps * bottom) * 2);
        return !ok || twice < bottom || (twice == bottom && steps % 2 == 0);
    }, iter: 20_000);

    [Fact]
    public void Ties_go_to_the_even_step()
    {
        var half = new StepDivision(new ExactDecimal(5, -1));
        foreach (var (value, expected) in new[] { (0.25, 0L), (0.75, 2L), (1.25, 2L), (-0.25, 0L), (-0.75, -2L) })
        {
            Assert.True(half.TryDivide(value, out var steps));
            Assert.Equal(expected, steps);
        }
    }

    private static (BigInteger Top, BigInteger Bottom) Exact(double value, ExactDecimal resolution)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger top = (bits & 0xF_FFFF_FFFF_FFFF) | (exponent == 0 ? 0 : 1L << 52), bottom = resolution.Mantissa;
        var shift = Math.Max(exponent, 1) - 1075;
        if (shift >= 0) top <<= shift;
        else bottom <<= -shift;
        if (resolution.Exponent < 0) top *= BigInteger.Pow(10, -resolution.Exponent);
        else bottom *= BigInteger.Pow(10, resolution.Exponent);
        return (value < 0 ? -top : top, bottom);
    }

    private PointTrack Track(PointKind kind = PointKind.Counter) => new(new BusPoint(Map(kind), 0));

    private void Tell(PointTrack track, DeviceClock clock, ulong value, long source, bool polled = false, uint status = 0)
    {
        var utc = _time.Micros + _time.UtcAhead;
        clock.Note(utc, _time.Micros);
        var (data, message) = Value(BuiltInType.UInt32, value, status, source);
        track.Add(data, message, clock, _time.Micros, _time.Micros - 1000, 2000, polled, _writer);
        _writer.Post();
    }

    private long Utc => _time.Micros + _time.UtcAhead;

    [Fact]
    public void A_source_time_becomes_boot_time()
    {
        var clock = new DeviceClock(TimeOrigin.Source, _stamps);
        Tell(Track(), clock, 1, Utc - 300_000);
        Assert.Equal(_time.Micros - 300_000, _sink.Last(0)!.Time);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(3600)]
    public void A_source_time_of_the_future_is_replaced(int ahead)
    {
        var health = new DeviceHealth("plc");
        Tell(Track(), new DeviceClock(TimeOrigin.Source, _stamps, health), 1, Utc + ahead * Second);
        Assert.Equal(_time.Micros - 1000, _sink.Last(0)!.Time);
        Assert.Equal((1L, _time.UtcAhead), (health.ReplacedTimes, health.Clock!.Value.Offset));
    }

    [Fact]
    public void A_server_clock_that_fell_back_is_not_used()
    {
        var health = new DeviceHealth("plc");
        var clock = new DeviceClock(TimeOrigin.Source, _stamps, health);
        clock.Note(946_684_800 * Second, _time.Micros);
        Assert.False(clock.IsUsable);
        Assert.Equal(new DeviceClockReading(946_684_800 * Second - _time.Micros, _time.Micros), health.Clock);
        var (data, message) = Value(BuiltInType.UInt32, 1, source: 946_684_800 * Second);
        Track().Add(data, message, clock, _time.Micros, _time.Micros - 1000, 2000, polled: false, _writer);
        _writer.Post();
        Assert.Equal(_time.Micros - 1000, _sink.Last(0)!.Time);
    }

    [Fact]
    public void A_polled_value_that_stands_is_a_heartbeat_of_the_devices_clock()
    {
        var (track, clock) = (Track(), new DeviceClock(TimeOrigin.Source, _stamps));
        var source = Utc - 200_000;
        Tell(track, clock, 1, source, polled: true);
        _time.Micros += Second;
        Tell(track, clock, 1, source, polled: true);
        _time.Micros += Second;
        Tell(track, clock, 2, Utc - 100_000, polled: true);
        Assert.Equal([Quality.Good, Quality.GoodHeartbeat, Quality.Good], _sink.Of(0).Select(s => s.Quality));
        Assert.Equal(_time.Micros - 100_000, _sink.Last(0)!.Time);
    }

    [Fact]
    public void A_polled_value_that_changed_under_an_old_time_is_stamped_anew()
    {
        var (track, clock) = (Track(), new DeviceClock(TimeOrigin.Source, _stamps));
        var source = Utc - 200_000;
        Tell(track, clock, 1, source, polled: true);
        _time.Micros += Second;
        Tell(track, clock, 2, source, polled: true);
        Assert.Equal((Quality.Good, _time.Micros - 1000), (_sink.Last(0)!.Quality, _sink.Last(0)!.Time));
    }

    [Fact]
    public void What_is_fetched_after_an_outage_keeps_its_times()
    {
        var (track, clock) = (Track(), new DeviceClock(TimeOrigin.Source, _stamps));
        Tell(track, clock, 1, Utc);
        var begin = Utc;
        for (var i = 0; i < 5; i++)
        {
            _time.Micros += Second;
            track.Miss(Quality.BadDisconnected, _time.Micros, _writer);
        }
        Tell(track, clock, 2, begin + Second);
        Tell(track, clock, 3, begin + 2 * Second);
        Assert.Equal([begin, begin + Second, begin + 2 * Second], _sink.Of(0).Where(s => s.Quality == Quality.Good).Select(s => s.Time + _time.UtcAhead));
        Assert.Equal(5, _sink.Of(0).Count(s => s.Quality == Quality.BadDisconnected));
    }

    [Fact]
    public void A_resumed_subscription_goes_on_with_the_value_it_told()
    {
        var (track, clock) = (Track(), new DeviceClock(TimeOrigin.Source, _stamps));
        Tell(track, clock, 1, Utc);
        _time.Micros += 3 * Second;
        track.Miss(Quality.BadDisconnected, _time.Micros, _writer);
        _time.Micros += 2 * Second;
        track.Beat(_time.Micros, 0, _time.Micros, _writer);
        _writer.Post();
        Assert.Equal((Quality.GoodHeartbeat, 1L), (_sink.Last(0)!.Quality, _sink.Last(0)!.Integer));
    }

    [Fact]
    public void A_doubted_value_has_no_heartbeats_until_it_is_told_again()
    {
        var (track, clock) = (Track(), new DeviceClock(TimeOrigin.Source, _stamps));
        var source = Utc;
        Tell(track, clock, 1, source);
        track.Doubt();
        _time.Micros += 2 * Second;
        track.Beat(_time.Micros, 0, _time.Micros, _writer);
        _writer.Post();
        Assert.Single(_sink.Of(0));
        Tell(track, clock, 1, source);
        Assert.Equal(2, _sink.Of(0).Count);
        _time.Micros += 2 * Second;
        track.Beat(_time.Micros, 0, _time.Micros, _writer);
        _writer.Post();
        Assert.Equal(Quality.GoodHeartbeat, _sink.Last(0)!.Quality);
    }

    [Fact]
    public void Told_times_ascend_whatever_the_source_says() => Gen.Select(Gen.Long[-10, 10], Gen.UInt[0, 3], Gen.Bool).Array[1, 30].Sample(steps =>
    {
        var test = new PointTests();
        var (track, clock) = (test.Track(), new DeviceClock(TimeOrigin.Source, test._stamps));
        foreach (var (offset, value, polled) in steps)
        {
            test._time.Micros += 200_000;
            test.Tell(track, clock, value, test.Utc + offset * 400_000, polled);
        }
        var times = test._sink.Of(0).Select(s => s.Time).ToArray();
        return times.Zip(times.Skip(1)).All(p => p.First < p.Second);
    }, iter: 500);

    [Fact]
    public void Numbers_of_a_steady_point_allocate_nothing()
    {
        var (track, clock) = (Track(PointKind.Gauge), new DeviceClock(TimeOrigin.Source, _stamps));
        var writer = new SampleWriter(new EmptySink(), new BusHealth([]));
        var values = Enumerable.Range(0, 2000).Select(i => Value(BuiltInType.Double, Bits(i), source: Utc + i)).ToArray();
        for (var i = 0; i < 1000; i++) Add(i);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 1000; i < 2000; i++) Add(i);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Add(int i)
        {
            clock.Note(UaTime.None, _time.Micros);
            track.Add(values[i].Value, values[i].Message, clock, _time.Micros, _time.Micros, 0, polled: false, writer);
            writer.Post();
        }
    }

    private sealed class EmptySink : ISampleSink
    {
        private readonly SampleBlock _block = new(16);

        public SampleBlock Rent() => _block;

        public bool TryPost(SampleBlock block)
        {
            block.Clear();
            return true;
        }

        public void Return(SampleBlock block) => block.Clear();
    }

    [Fact]
    public void A_deadband_is_for_gauges_and_a_format_for_counters()
    {
        var faults = new FaultList();
        var counter = Map(PointKind.Counter);
        counter.Options.Set(OpcUaOptions.Deadband, ExactDecimal.One);
        var gauge = Map(PointKind.Gauge, NodeFormat.Float);
        var device = new DeviceMap { Name = "d", Connection = "c", Options = new OptionValues { Mark = Here }, Points = [counter, gauge], Mark = Here };
        OpcUaOptions.Schema.CheckDevice(device, faults);
        Assert.Equal(2, faults.Ordered.Count);
        Assert.Contains(faults.Ordered, f => f.Message.Contains("would hide steps of a counter", StringComparison.Ordinal));
        Assert.Contains(faults.Ordered, f => f.Message.Contains("format is for counters", StringComparison.Ordinal));
        Assert.Equal([0, 32, 64], new[] { NodeFormat.Integer, NodeFormat.Float, NodeFormat.Double }.Select(f => OpcUaOptions.Schema.FloatBits(Map(PointKind.Counter, f).Options)));
    }
}
