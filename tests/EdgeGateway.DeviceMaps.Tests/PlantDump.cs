using System.Globalization;
using System.Text;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>Writes a bound plant out, one thing a line, so that a good map has an exact expectation.</summary>
internal static class PlantDump
{
    public static string Write(PlantMap plant)
    {
        var text = new StringBuilder();
        Line(text, $"gateway {plant.Gateway.Id} {plant.Gateway.Timezone} wait {Durations.Format(plant.Gateway.ClockWait)}");
        Line(text, $"store {plant.Store.Path ?? "-"} commit {Durations.Format(plant.Store.Commit)}");
        foreach (var c in plant.Connections) Line(text, $"connection {c.Name} {c.Driver} at {c.Mark.Line}:{c.Mark.Column}{Options(c.Options, TestSchemas.Driver.Connection)}");
        if (plant.Calendar != CalendarMap.Default) Calendar(text, plant.Calendar);
        foreach (var s in plant.Shifts) Line(text, $"shift {s.Name} {s.Start:HH:mm} for {Durations.Format(s.Length)} by {s.Date} on [{string.Join(", ", s.Days)}]");
        foreach (var p in plant.Products) Line(text, $"product {p.Name} codes [{string.Join(", ", p.Codes)}]{Prices(" price", p.Price)}{Prices(" adds", p.ValueAdded)}");
        foreach (var d in plant.Devices)
        {
            Line(text, $"device {d.Name} on {d.Connection} at {d.Mark.Line}:{d.Mark.Column}{Options(d.Options, TestSchemas.Driver.Device)}");
            foreach (var p in d.Points)
            {
                Line(text, $"  {p.Path} {p.Kind} at {p.Mark.Line}:{p.Mark.Column} poll {Durations.Format(p.Poll)} gap {Durations.Format(p.MaxGap)} unit '{p.Unit.Symbol()}' × {p.Resolution} × {p.Ratio}{(p.FloatBits == 0 ? "" : $" float{p.FloatBits}")}{Counter(p)}{States(p)}{(p.Was is null ? "" : $" was {p.Was}")}{string.Concat(p.Epochs.Select(e => " epoch " + UtcMicros.Format(e)))}{Options(p.Options, TestSchemas.Driver.Point)}");
            }
        }
        foreach (var u in plant.Units)
        {
            var inputs = string.Concat(u.Inputs.Select(i => $" {i.Role}/{i.Carrier.Word()}:{(i.Sign > 0 ? "+" : "-")}{i.Point}"));
            var more = $"{(u.Output == new OutputMap() ? "" : $" makes {u.Output.Item} of {u.Output.Product ?? u.Output.ProductPoint ?? "-"}")}{Prices(" adds", u.ValueAdded)}{(u.Batch is null ? "" : $" batch {u.Batch} up to {Durations.Format(u.BatchMax)}")}{(u.Was is null ? "" : $" was {u.Was}")}";
            Line(text, $"unit {u.Name} below {u.Parent ?? "-"}{inputs} state {u.State ?? "-"} gauges [{string.Join(", ", u.Gauges)}] min {u.MinPieces}{more}");
        }
        Line(text, $"metering {plant.Metering.Base} then [{string.Join(", ", [.. plant.Metering.Longer, .. plant.Metering.Calendar])}] lateness {(plant.Metering.Lateness is { } l ? Durations.Format(l) : "-")}");
        foreach (var p in plant.Publishers) Line(text, $"publisher {p.Name} {p.Type}{Options(p.Options, TestSchemas.Publisher.Options)}");
        return text.ToString();
    }

    private static string Counter(PointMap p) => p.RatedPerSecond is not { } rated ? "" : string.Create(CultureInfo.InvariantCulture,
        $" modulus {p.Modulus?.ToString(CultureInfo.InvariantCulture) ?? "-"} rated {rated:0.######}/s update {Durations.Format(p.Update)} dip {p.DipSteps}{(p.ZeroedByShift ? " to_zero" : "")}{(p.NetCount ? " net" : "")} lag {Durations.Format(p.Lag)}");

    private static void Calendar(StringBuilder text, CalendarMap c)
    {
        var (start, days) = (string.Create(CultureInfo.InvariantCulture, $"{c.DayStart:HH:mm}"), string.Concat(c.WorkingDays.Select(d => " " + d)));
        if (c.DayStart != default || c.WorkingDays.Length < 7 || c.Holidays.Count + c.ExtraDays.Count > 0) Line(text, $"calendar from {start} on{days} off [{Dates(c.Holidays)}] extra [{Dates(c.ExtraDays)}]");
    }

    private static string Dates(IEnumerable<DateOnly> dates) => string.Join(", ", dates.Select(d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));

    private static string Prices(string word, IReadOnlyList<DatedPrice> prices) => prices.Count == 0 ? "" : word + string.Concat(prices.Select(p => $" {Dates([p.From])}={p.Price}"));

    private static string States(PointMap p) => p.States.IsEmpty ? "" : " {" + string.Join(", ", p.States.Select(s => $"{s.Key}: {s.Value.Word()}")) + "}";

    private static string Options(OptionValues values, OptionTable table) => string.Concat(table.Items.Where(values.Has).Select(o => $" {o.Key}={Value(values, o)}"));

    private static string Value(OptionValues values, Option option) => option switch
    {
        Option<string> o => values.Get(o),
        Option<long> o => values.Get(o).ToString(CultureInfo.InvariantCulture),
        Option<bool> o => values.Get(o) ? "true" : "false",
        Option<SecretText> o => $"{values.Get(o)}({values.Get(o).Reveal().Length})",
        Option<IReadOnlyList<string>> o => $"[{string.Join(", ", values.Get(o))}]",
        _ => "?",
    };

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
