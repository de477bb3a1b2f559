using System.Globalization;
using System.Text;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Records.Numbers;
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
        foreach (var d in plant.Devices)
        {
            Line(text, $"device {d.Name} on {d.Connection} at {d.Mark.Line}:{d.Mark.Column}{Options(d.Options, TestSchemas.Driver.Device)}");
            foreach (var p in d.Points)
            {
                Line(text, $"  {p.Path} {p.Kind} at {p.Mark.Line}:{p.Mark.Column} poll {Durations.Format(p.Poll)} gap {Durations.Format(p.MaxGap)} unit '{p.Unit.Symbol()}' × {p.Resolution} × {p.Ratio}{(p.FloatBits == 0 ? "" : $" float{p.FloatBits}")}{Counter(p)}{States(p)}{Options(p.Options, TestSchemas.Driver.Point)}");
            }
        }
        foreach (var u in plant.Units)
        {
            var inputs = string.Concat(u.Inputs.Select(i => $" {i.Role}/{i.Carrier.Word()}:{(i.Sign > 0 ? "+" : "-")}{i.Point}"));
            Line(text, $"unit {u.Name} below {u.Parent ?? "-"}{inputs} state {u.State ?? "-"} gauges [{string.Join(", ", u.Gauges)}] min {u.MinPieces}");
        }
        Line(text, $"metering {plant.Metering.Base} then [{string.Join(", ", plant.Metering.Longer)}] lateness {(plant.Metering.Lateness is { } l ? Durations.Format(l) : "-")}");
        foreach (var p in plant.Publishers) Line(text, $"publisher {p.Name} {p.Type}{Options(p.Options, TestSchemas.Publisher.Options)}");
        return text.ToString();
    }

    private static string Counter(PointMap p) => p.RatedPerSecond is not { } rated ? "" : string.Create(CultureInfo.InvariantCulture,
        $" modulus {p.Modulus?.ToString(CultureInfo.InvariantCulture) ?? "-"} rated {rated:0.######}/s update {Durations.Format(p.Update)} dip {p.DipSteps}{(p.ZeroedByShift ? " to_zero" : "")}{(p.NetCount ? " net" : "")} lag {Durations.Format(p.Lag)}");

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
