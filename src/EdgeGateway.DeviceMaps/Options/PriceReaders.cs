using System.Buffers;
using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Reads prices: <c>12.5 CNY</c>, or a table of dates from which they hold.</summary>
internal static class PriceReaders
{
    private static readonly SearchValues<char> NumberChars = SearchValues.Create("0123456789.+-");

    public static Option<ImmutableArray<DatedPrice>> Option(string key, string doc) =>
        new(key, "price, or table of dates", (node, faults) => Read(node, faults, key), doc, shape: new(ValueKind.DatedPrice));

    private static (bool Ok, ImmutableArray<DatedPrice> Value) Read(MapNode node, FaultList faults, string key)
    {
        if (node is not MapTable table) return One(node, faults, key) is { } one ? (true, [new DatedPrice(DateOnly.MinValue, one)]) : (false, default);
        var prices = new SortedDictionary<DateOnly, Price>();
        var ok = true;
        foreach (var (date, value) in table.Entries)
        {
            if (!CalendarReaders.TryDate(date.Value, out var from))
            {
                faults.Add(date.Mark, $"{key}: '{date.Value}' is no date: write the first day on which a price holds, such as 2026-01-01: 12.5 CNY.");
                ok = false;
            }
            else if (One(value, faults, key) is { } price) prices[from] = price;
            else ok = false;
        }
        if (prices.Values.Select(p => p.Currency).Distinct().Count() > 1)
        {
            faults.Add(node.Mark, $"{key}: prices in {string.Join(" and ", prices.Values.Select(p => p.Currency).Distinct())} cannot be added: write one currency.");
            ok = false;
        }
        return (ok, [.. prices.Select(p => new DatedPrice(p.Key, p.Value))]);
    }

    private static Price? One(MapNode node, FaultList faults, string key)
    {
        const string example = "write an amount and its currency, such as 12.5 CNY.";
        if (node is MapRefused) return null;
        var text = (node as MapText)?.Value ?? "";
        var cut = text.AsSpan().IndexOfAnyExcept(NumberChars);
        if (cut < 0) cut = text.Length;
        var currency = text[cut..].Trim();
        if (!ExactDecimal.TryParse(text.AsSpan(0, cut), out var amount) || amount.Mantissa < 0 || currency.Length != 3 || currency.AsSpan().ContainsAnyExceptInRange('A', 'Z'))
        {
            faults.Add(node.Mark, $"{key}: {(text.Length == 0 ? "" : $"'{text}' is no price: ")}{example}");
            return null;
        }
        return new Price(amount, currency);
    }
}
