using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.Dashboard;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.References;

namespace EdgeGateway.Commands;

/// <summary><c>reference</c>: the pages that are made from the program.</summary>
internal static class ReferenceCommand
{
    public static Command Create()
    {
        var of = new System.CommandLine.Option<string>("--of") { Description = "options of a map, figures of a record, factors in the binary, or metrics of the page.", DefaultValueFactory = _ => "options" };
        of.AcceptOnlyFromAmong("options", "figures", "factors", "metrics");
        var command = new Command("reference", "Print every option of a map with type, default and meaning, as Markdown; or every figure, factor or metric.") { of };
        command.SetAction(parsed =>
        {
            Console.Write(parsed.GetValue(of) switch { "figures" => ReferencePages.Figures(), "factors" => Factors(), "metrics" => MetricsReference.Markdown(), _ => Text() });
            return ExitCode.Done;
        });
        return command;
    }

    public static string Text()
    {
        var registrations = new Registrations();
        return OptionReference.Markdown(registrations.DriverSchemas, registrations.PublisherSchemas);
    }

    public static string Factors()
    {
        var shelf = new ReferenceShelf(null);
        return ReferencePages.Factors(shelf.Names().Select(n => ReferenceReader.Read(n, shelf.Find(n)!.Document, i => shelf.Find(i)?.Document, shelf.Names, new FaultList())).OfType<Metering.Carbon.ReferenceSet>());
    }
}
