using EdgeGateway.Metering.Carbon;
using EdgeGateway.Metering.Output;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Restating;
using EdgeGateway.Metering.Tests.Carbon;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Products;

/// <summary>A product that a point names: pieces are worth what their own product was worth when they were made, or nothing is said.</summary>
public sealed class ProductTests
{
    private const int Good = 1, Code = 2;

    /// <summary>Some code, most minutes more than one; now and then one is read only once, or nobody reads for longer than a gap.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void What_is_said_of_random_pasts_is_true_to_the_cent(int seed)
    {
        var random = new Random(seed);
        const int until = 4_000;
        var (codes, made, silent) = (new string[until + 1], new long[until + 1], new bool[until + 1]);
        for (int s = 0, left = 0; s <= until; s++, left--)
        {
            if (left <= 0) left = random.Next(2, 200);
            codes[s] = left is 1 or > 190 || s == 0 ? Any(random) : codes[s - 1];
            made[s] = (s == 0 ? 0 : made[s - 1]) + (random.Next(3) == 0 ? 1 : 0);
            if (left == 100 && random.Next(3) == 0) Array.Fill(silent, true, s, Math.Min(random.Next(5, 400), until + 1 - s));
        }
        var feed = Run(until, s => codes[s], s => made[s], s => silent[s] && seed % 2 == 0, prices: true);
        var (stated, known) = (0, 0);
        foreach (var record in feed.Said.Final.Where(r => r.End <= Feed.At(until - 60)))
        {
            stated++;
            var segments = record.Segments.ToArray();
            Assert.Equal(record.Start, segments[0].Start);
            Assert.Equal(record.End, segments[^1].End);
            Assert.Equal(Moved(record), segments.Sum(s => Pieces(record, s)));
            var figure = record.FigureOf(FigureId.OutputValue)!.Value;
            if (figure.Value is not { } value)
            {
                Assert.Contains(figure.Reason, new[] { FigureReason.NoProduct, FigureReason.NoPrice });
                continue;
            }
            known++;
            Assert.Equal(Worth(record, codes, made, silent, seed % 2 == 0), value.ToDouble(), 6);
        }
        Assert.True(stated > 60 && known > stated / 4, $"{known} of {stated}");
    }

    [Fact]
    public void A_longer_window_is_the_sum_of_what_its_products_were_worth()
    {
        var feed = Run(1_000, s => s < 100 ? "A" : s < 350 ? "2" : "A", s => s);
        Assert.Equal("800", feed.Window(60).FigureOf(FigureId.OutputValue)!.Value.Value.ToString()); // 40 × 10 + 20 × 20
        var quarter = feed.Window(0, kind: WindowKind.QuarterHour);
        Assert.Equal([("A", 0, 100), ("B", 100, 350), ("A", 350, 900)], quarter.Segments.ToArray().Select(s => (s.Product, Second(s.Start), Second(s.End))));
        Assert.Equal([SegmentCut.Product, SegmentCut.Product, SegmentCut.WindowEnd], quarter.Segments.ToArray().Select(s => s.Cut));
        Assert.Equal("11500", quarter.FigureOf(FigureId.OutputValue)!.Value.Value.ToString()); // 650 × 10 + 250 × 20
        Assert.Equal("1800", quarter.FigureOf(FigureId.ValueAdded)!.Value.Value.ToString()); // 900 × 2, which both add
    }

    [Fact]
    public void A_code_read_once_is_no_product()
    {
        var feed = Run(200, s => s == 80 ? "2" : "A", s => s);
        Assert.All(feed.Said.Final, r => Assert.All(r.Segments.ToArray(), s => Assert.Equal("A", s.Product)));
        Assert.All(feed.Said.Final, r => Assert.Equal(1, r.Segments.Length));
    }

    [Theory]
    [InlineData("X", FigureReason.NoProduct)]
    [InlineData("", FigureReason.NoProduct)]
    [InlineData("C", FigureReason.NoPrice)]
    public void What_is_unknown_or_has_no_price_is_not_said(string code, FigureReason reason)
    {
        var feed = Run(300, s => s < 90 ? "A" : code, s => s);
        Assert.Equal("600", feed.Window(0).FigureOf(FigureId.OutputValue)!.Value.Value.ToString());
        Assert.Equal(reason, feed.Window(60).FigureOf(FigureId.OutputValue)!.Value.Reason);
        Assert.Equal(reason, feed.Window(120).FigureOf(FigureId.OutputValue)!.Value.Reason);
        Assert.Equal(code, feed.Window(120).Segments[0].Product);
    }

    [Fact]
    public void Of_no_pieces_the_worth_is_known_whatever_the_code()
    {
        var feed = Run(300, s => s < 90 ? "A" : "X", s => Math.Min(s, 80));
        Assert.Equal("0", feed.Window(120).FigureOf(FigureId.OutputValue)!.Value.Value.ToString());
    }

    [Fact]
    public void Behind_a_silence_the_same_code_held_and_another_one_did_not()
    {
        var same = Run(600, _ => "A", s => s, silent: s => s is > 100 and < 400);
        Assert.All(same.Said.Final, r => Assert.Equal("A", Assert.Single(r.Segments.ToArray()).Product));
        // While nobody knew, nobody said.
        Assert.Equal(FigureReason.NoProduct, same.Said.Records.First(r => r.Start == Feed.At(180)).FigureOf(FigureId.OutputValue)!.Value.Reason);
        var other = Run(600, s => s < 200 ? "A" : "2", s => s, silent: s => s is > 100 and < 400);
        Assert.Equal("600", other.Window(0).FigureOf(FigureId.OutputValue)!.Value.Value.ToString());
        foreach (var from in (int[])[60, 180, 300]) Assert.Equal(FigureReason.NoProduct, other.Window(from).FigureOf(FigureId.OutputValue)!.Value.Reason);
        Assert.Equal([("", 360, 400), ("B", 400, 420)], other.Window(360).Segments.ToArray().Select(s => (s.Product, Second(s.Start), Second(s.End))));
        Assert.Equal("1200", other.Window(420).FigureOf(FigureId.OutputValue)!.Value.Value.ToString());
    }

    [Fact]
    public void A_restart_at_any_time_changes_nothing()
    {
        Func<int, string> code = s => s < 50 ? "A" : s < 205 ? "2" : s < 207 ? "A" : s < 430 ? "X" : s < 700 ? "A" : "2";
        Func<int, bool> silent = s => s is > 500 and < 540 or > 650 and < 800;
        var whole = Run(1_200, code, s => s, silent).Said.Bodies;
        foreach (var every in (int[])[1, 7, 50]) Assert.Equal(whole, Run(1_200, code, s => s, silent, restart: every).Said.Bodies);
    }

    [Fact]
    public void Other_prices_are_applied_to_what_was_stored()
    {
        var feed = Run(1_000, s => s < 100 ? "A" : s < 350 ? "2" : "X", s => s);
        var plan = feed.Core.Plan;
        var dearer = plan with { Units = [plan.Units[0] with { Output = plan.Units[0].Output! with { Products = [Product("A", 11), Product("B", 22, "2"), Product("Y", 3, "X")] } }] };
        var record = feed.Window(0, kind: WindowKind.QuarterHour);
        Assert.Equal(FigureReason.NoProduct, record.FigureOf(FigureId.OutputValue)!.Value.Reason);
        Assert.True(Refiguring.Apply(record, Sets.Plan(), dearer, new SupplyBoundary(dearer), 0, feed.Said));
        // The code that meant nothing has got a meaning.
        Assert.Equal("8250", record.FigureOf(FigureId.OutputValue)!.Value.Value.ToString()); // 100 × 11 + 250 × 22 + 550 × 3
    }

    [Fact]
    public void A_map_that_gives_a_code_another_meaning_holds_from_the_next_window_on()
    {
        var feed = Run(300, _ => "2", s => s);
        var plan = feed.Core.Plan;
        feed.Change(301, plan with { Units = [plan.Units[0] with { Output = plan.Units[0].Output! with { Products = [Product("N", 7, "2")] } }] });
        for (var s = 301; s < 500; s++) feed.With(s, s, 0).With(s, s, Good).WithText(s, "2", Code).Send(s);
        Assert.Equal([("B", 240), ("N", 300), ("N", 360)], ((int[])[240, 300, 360]).Select(s => (feed.Window(s).Segments[0].Product, s)));
        Assert.Equal("420", feed.Window(360).FigureOf(FigureId.OutputValue)!.Value.Value.ToString());
    }

    [Fact]
    public void A_code_that_flickers_for_ever_does_not_grow_a_window_for_ever()
    {
        var feed = Run(1_000, s => s / 2 % 2 == 0 ? "A" : "2", s => s);
        var quarter = feed.Window(0, kind: WindowKind.QuarterHour);
        Assert.Equal(256, quarter.Segments.Length);
        Assert.Equal((FigureReason.NoProduct, ""), (quarter.FigureOf(FigureId.OutputValue)!.Value.Reason, quarter.Segments[^1].Product));
        Assert.Equal("900", feed.Window(60).FigureOf(FigureId.OutputValue)!.Value.Value.ToString());
    }

    private static string Any(Random random) => random.Next(6) switch { 0 or 1 => "A", 2 or 3 => "2", 4 => "D", _ => random.Next(2) == 0 ? "X" : "C" };

    /// <summary>What the pieces of a record were worth, second by second, by the code that then held: one that was read twice, from its first reading on.</summary>
    private static double Worth(WindowRecord record, string[] codes, long[] made, bool[] silent, bool hushed)
    {
        var worth = 0.0;
        var readings = Enumerable.Range(0, codes.Length).Where(s => !hushed || !silent[s]).ToArray();
        var product = new string[codes.Length];
        var (held, from) = ("", 0);
        for (var i = 0; i < readings.Length; i++)
        {
            if (codes[readings[i]] != held && i + 1 < readings.Length && codes[readings[i + 1]] == codes[readings[i]])
            {
                Array.Fill(product, held, from, readings[i] - from);
                (held, from) = (codes[readings[i]], readings[i]);
            }
        }
        Array.Fill(product, held, from, codes.Length - from);
        for (var s = Second(record.Start); s < Second(record.End); s++)
        {
            // A piece counted at a second was made before it.
            worth += (made[s + 1] - made[s]) * (product[s] switch { "A" => 10, "2" => 20, "D" => s < 2_040 ? 30 : 40, _ => 1e9 });
        }
        return worth;
    }

    private static ProductPlan Product(string name, int price, params string[] codes) => new() { Name = name, Codes = [name, .. codes], Price = [new(long.MinValue, new ExactDecimal(price, 0))], ValueAdded = [new(long.MinValue, new(2, 0))] };

    private static Feed Run(int until, Func<int, string> code, Func<int, long> made, Func<int, bool>? silent = null, int restart = 0, bool prices = false)
    {
        var plant = new Plant { Longer = [WindowKind.QuarterHour] };
        var (meter, good, text) = (plant.Counter(Plant.Meter), plant.Counter(Plant.Pieces), plant.Text());
        ProductPlan[] products = [Product("A", 10), Product("B", 20, "2"), new() { Name = "C", Codes = ["C"] }];
        var dated = new ProductPlan { Name = "D", Codes = ["D"], Price = [new(long.MinValue, new(30, 0)), new(Feed.At(2_040), new(40, 0))] };
        plant.Unit(new UnitPlan
        {
            Id = 0, Path = "", ProductSlot = text, Output = new OutputPlan { ByPoint = true, Products = prices ? [.. products, dated] : [.. products] },
            Inputs = [new UnitInputPlan(meter, InputRole.Purchased, Carrier.Electricity), new UnitInputPlan(good, InputRole.Good, Carrier.None)],
        });
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= until; s++)
        {
            feed.With(s, s, meter).With(s, made(s), good);
            if (silent?.Invoke(s) != true) feed.WithText(s, code(s), text);
            feed.Send(s);
            if (restart > 0 && s % restart == 0) feed.Restart();
        }
        return feed;
    }

    private static long Pieces(WindowRecord record, Segment segment) => record.InputsOf(segment).ToArray().Where(i => i.Role == InputRole.Good).Sum(i => i.T1 - i.T0);

    private static long Moved(WindowRecord record) => record.Inputs.ToArray().Where(i => i.Role == InputRole.Good).Sum(i => i.T1 - i.T0);

    private static int Second(long time) => (int)((time - Feed.Origin) / 1_000_000);
}
