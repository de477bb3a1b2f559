using EdgeGateway.Explaining;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>What a map says of products, as metering is told it.</summary>
public sealed class ProductPlanTests
{
    [Fact]
    public void A_product_by_a_point_brings_all_products_with_their_codes_and_dated_prices()
    {
        var map = Maps.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testcases", "good_calendar", "map.yaml"))).Plant!;
        var unit = map.Units.Single(u => u.Name == "line-2");
        Assert.Equal("plc.product", unit.Output.ProductPoint);
        var plan = ReferencePlans.Output(map, unit)!;
        Assert.True(plan.ByPoint);
        Assert.Equal(["bracket", "hinge"], plan.Products.Select(p => p.Name));
        Assert.Equal(["hinge", "hinge", "bracket", "H9"], ((string[])["H1", "2", "bracket", "H9"]).Select(plan.NameOf));
        // What a product adds in value it says itself, or the unit does.
        Assert.Equal(["4.2", "4.5"], plan.Find("bracket")!.ValueAdded.Select(p => p.PerPiece.ToString()));
        Assert.Equal(["3"], plan.Find("hinge")!.ValueAdded.Select(p => p.PerPiece.ToString()));
        Assert.Empty(plan.ValueAdded);
        Assert.Contains(plan.Products[0].ValueAdded[1].From, plan.Changes);
        Assert.Equal(0, plan.Products[0].ValueAdded[1].From % UtcMicros.PerMinute);
        var compiled = PlantCompiler.Compile(map, paths => [.. paths.Select((_, i) => i + 1)], paths => [.. paths.Select((_, i) => i + 1)]);
        Assert.Equal("plc.product", compiled.Metering.Points[compiled.Metering.Units.Single(u => u.Path == "line-2").ProductSlot].Path);
        Assert.Equal(-1, compiled.Metering.Units.Single(u => u.Path == "line-1").ProductSlot);
    }

    [Fact]
    public void A_record_is_explained_by_its_products_and_the_prices_that_held()
    {
        var map = Maps.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testcases", "good_calendar", "map.yaml"))).Plant!;
        var start = UtcMicros.From(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
        var record = new WindowRecord { Unit = 2, Kind = WindowKind.Minute, Start = start, End = start + UtcMicros.PerMinute };
        foreach (var (index, product) in ((string[])["bracket", "hinge", "H9", ""]).Index()) record.BeginSegment(start + index, start + index + 1, SegmentCut.Product, null, default, product);
        Assert.Empty(new PriceExplanation(map).Of(record, "line-2"));
        record.Add(new Figure { Id = FigureId.OutputValue, Reason = FigureReason.NoProduct });
        Assert.Equal(
        [
            "prices, CNY a good piece", "  bracket: output value 12.5, value added 4.5", "  hinge: output value not said, value added 3",
            "  H9, which means no product of the map: output value not said, value added not said", "  product not known: output value not said, value added not said",
        ], new PriceExplanation(map).Of(record, "line-2"));
        Assert.Equal(["prices: the map then in force is not kept"], new PriceExplanation(null).Of(record, "line-2"));
    }
}
