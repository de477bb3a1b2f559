using System.Text.Json;
using CsCheck;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt.Payloads;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Publishers.Mqtt.Tests;

public sealed class TelemetryJsonTests
{
    [Fact]
    public void A_block_becomes_one_message_a_device()
    {
        SampleRow[] rows =
        [
            new(Plant.State, Plant.Start + 2, 0, 1, Quality.Good, null),
            .. Plant.MeterSamples(),
            new(Plant.Batch, Plant.Start + 1, 0, 0, Quality.GoodHeartbeat, "A\"1"),
            new(Plant.Megawatts, Plant.Start, 0, 3, Quality.UncertainDevice, null),
        ];
        var messages = Rendered.Telemetry(rows);
        Assert.Equal(3, messages.Count);
        Assert.Equal("""{"v":1,"gateway":"gw-01","device":"plc-1","t":"2026-11-24T00:00:00.000001Z","samples":[{"point":"state","t":"2026-11-24T00:00:00.000002Z","v":1,"q":"good"},{"point":"batch","t":"2026-11-24T00:00:00.000001Z","v":"A\u00221","q":"good"}]}""", messages[0]);
        Assert.Equal("""{"v":1,"gateway":"gw-01","device":"press-meter","t":"2026-11-24T00:00:00.250000Z","samples":[{"point":"power","t":"2026-11-24T00:00:00.250000Z","v":12.34,"q":"good"},{"point":"energy_import","t":"2026-11-24T00:00:00.250000Z","v":1234.56,"n":123456,"q":"good"},{"point":"energy_import","t":"2026-11-24T00:00:01.250000Z","v":null,"q":"timeout"}]}""", messages[1]);
        Assert.Equal("""{"v":1,"gateway":"gw-01","device":"主表","t":"2026-11-24T00:00:00Z","samples":[{"point":"电能","t":"2026-11-24T00:00:00Z","v":0.06,"n":3,"q":"uncertain"}]}""", messages[2]);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_no_number_is_null_and_not_good(double value)
    {
        var message = Assert.Single(Rendered.Telemetry([new(Plant.Power, Plant.Start, value, 0, Quality.Good, null)]));
        Assert.EndsWith("""[{"point":"power","t":"2026-11-24T00:00:00Z","v":null,"q":"out_of_range"}]}""", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(long.MaxValue, "92233720368547758.07")]
    [InlineData(long.MinValue, "-92233720368547758.08")]
    [InlineData(100L, "1.00")]
    [InlineData(0L, "0.00")]
    public void Counters_are_exact_with_the_places_of_their_resolution(long steps, string expected)
    {
        var message = Rendered.Parse(Assert.Single(Rendered.Telemetry([new(Plant.Energy, Plant.Start, 0, steps, Quality.Good, null)])));
        Assert.Equal(expected, message.GetProperty("samples")[0].GetProperty("v").GetRawText());
        Assert.Equal(steps, message.GetProperty("samples")[0].GetProperty("n").GetInt64());
    }

    [Fact]
    public void A_long_block_is_split_and_nothing_is_lost_or_doubled() =>
        Gen.Select(Gen.Int[1, 200], Gen.Long[0, 4000]).Sample((count, limit) =>
        {
            var rows = Enumerable.Range(0, count).Select(i => new SampleRow(i % 3 == 0 ? Plant.Good : Plant.Energy, Plant.Start + i, 0, i, Quality.Good, null)).ToArray();
            var messages = Rendered.Telemetry(rows, limit).Select(Rendered.Parse).ToList();
            var read = messages.SelectMany(m => m.GetProperty("samples").EnumerateArray().Select(s => s.GetProperty("n").GetInt64())).Order();
            Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), read);
            Assert.All(messages, m => Assert.True(m.GetRawText().Length < Math.Max(limit, 0) || m.GetProperty("samples").GetArrayLength() == 1));
        }, iter: 60);

    [Fact]
    public void Points_that_no_map_names_are_counted_and_left_out()
    {
        var telemetry = new TelemetryJson(Plant.Gateway, new Plant());
        telemetry.Take([new(998, 0, 1, 0, Quality.Good, null), new(Plant.Power, 0, 1, 0, Quality.Good, null), new(999, 0, 1, 0, Quality.Good, null)]);
        Assert.Equal((1, 2, 998), (telemetry.Block.Count, telemetry.Block.Unnamed, telemetry.Block.UnnamedPoint));
        Assert.Equal([1], telemetry.Block.Rows(0).ToArray());
        telemetry.Take([]);
        Assert.Equal((0, 0), (telemetry.Block.Count, telemetry.Block.Unnamed));
    }

    [Fact]
    public void Any_sample_gives_valid_json() =>
        Gen.Select(Gen.Int[0, 8], Gen.Long[-62_135_596_800_000_000, 253_402_300_799_999_999], Gen.Double, Gen.Long, Gen.Byte, Gen.String).Sample((point, time, number, integer, quality, text) =>
        {
            foreach (var message in Rendered.Telemetry([new(point, time, number, integer, (Quality)quality, text)]))
            {
                var sample = Rendered.Parse(message).GetProperty("samples")[0];
                Assert.Equal(((Quality)quality).HasValue() && sample.GetProperty("q").GetString() != "out_of_range", sample.GetProperty("v").ValueKind != JsonValueKind.Null);
            }
        }, iter: 2000);

    [Fact]
    public void Rendering_allocates_nothing()
    {
        SampleRow[] rows = [.. Plant.MeterSamples(), new(Plant.State, Plant.Start, 0, 1, Quality.Good, null), new(Plant.Megawatts, Plant.Start, 0, 3, Quality.Good, null)];
        var telemetry = new TelemetryJson(Plant.Gateway, new Plant());
        using var buffer = new JsonBuffer();
        var length = 0L;
        for (var i = 0; i < 200; i++) Render();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Render();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(length > 300 * 100);

        void Render()
        {
            telemetry.Take(rows);
            for (var device = 0; device < telemetry.Block.Count; device++)
            {
                telemetry.Write(buffer.Begin(), device, 0, long.MaxValue);
                length += buffer.End().Length;
            }
        }
    }
}
