using System.Globalization;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>What the stretches of a unit's windows made.</summary>
/// <param name="unit">The unit.</param>
/// <param name="products">Products of the map.</param>
/// <param name="states">True where the point that names the product tells a state.</param>
internal sealed class ProductNames(UnitMap unit, IReadOnlyList<ProductMap> products, bool states)
{
    /// <summary>True where the point that opens the unit's batches names its product.</summary>
    public bool ByBatch => unit.Output.ProductPoint is { } point && point == unit.Batch;

    /// <summary>True where the record itself says what was made.</summary>
    public static bool Says(WindowRecord record)
    {
        foreach (ref readonly var segment in record.Segments)
        {
            if (segment.Product is not null) return true;
        }
        return false;
    }

    /// <summary>The product of a stretch: the one that its record names; else the one that the unit always makes; or where the point that names it opens the batches too, that of the batch. A code that means no product stands for itself; "" where nothing is known.</summary>
    public string Of(in Segment segment)
    {
        if (segment.Product is { } said) return said;
        if (unit.Output.Product is { } always) return always;
        if (!ByBatch || segment.Batch is not { } batch) return "";
        var code = batch.LastIndexOf('#') is > 0 and var end ? batch[..end] : batch;
        // A batch by a state is called by the state's number; a product by its word, as the map writes states.
        if (states && byte.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var state)) code = ((MachineState)state).Word();
        return products.FirstOrDefault(p => p.Codes.Contains(code))?.Name ?? code;
    }
}
