using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.Control;

namespace EdgeGateway.Commands;

/// <summary><c>restate</c>: figures of stored records under other sets, through the running gateway.</summary>
internal static class RestateCommand
{
    public static Command Create()
    {
        var map = MapArgument.Create();
        Option<string> from = new("--from") { Description = "First local day, such as 2026-01-01.", Required = true };
        Option<string> to = new("--to") { Description = "The local day behind the last one.", Required = true };
        Option<string?> coefficients = new("--coefficients") { Description = "Set of coal equivalents; by default the map's." };
        Option<string?> factors = new("--factors") { Description = "Set of emission factors; by default the map's." };
        Option<string?> footprint = new("--footprint") { Description = "Set of footprint factors; by default the map's." };
        Option<string?> year = new("--factor-year") { Description = "latest_published or activity_year; by default the map's." };
        var store = StorePlace.Option();
        var command = new Command("restate", "State coal equivalent and carbon of stored records again under other sets, from what was measured alone. Records that change are published as revisions.")
            { map, from, to, coefficients, factors, footprint, year, store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (MapArgument.Load(parsed.GetRequiredValue(map)) is not { } loaded) return ExitCode.Faults;
            return await ControlClient.AskAsync(StorePlace.Of(loaded, parsed.GetValue(store)), "restate", new()
            {
                ["from"] = parsed.GetRequiredValue(from), ["to"] = parsed.GetRequiredValue(to), ["coefficients"] = parsed.GetValue(coefficients) ?? "", ["factors"] = parsed.GetValue(factors) ?? "",
                ["footprint"] = parsed.GetValue(footprint) ?? "", ["factor_year"] = parsed.GetValue(year) ?? "",
            }, cancellationToken);
        });
        return command;
    }
}
