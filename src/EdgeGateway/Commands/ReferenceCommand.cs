using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.Dashboard;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.Commands;

/// <summary><c>reference</c>: the page of all options.</summary>
internal static class ReferenceCommand
{
    public static Command Create()
    {
        var metrics = new System.CommandLine.Option<bool>("--metrics") { Description = "Every metric of /metrics instead." };
        var command = new Command("reference", "Print every option of a map with type, default and meaning, as Markdown.") { metrics };
        command.SetAction(parsed =>
        {
            Console.Write(parsed.GetValue(metrics) ? MetricsReference.Markdown() : Text());
            return ExitCode.Done;
        });
        return command;
    }

    public static string Text()
    {
        var registrations = new Registrations();
        return OptionReference.Markdown(registrations.DriverSchemas, registrations.PublisherSchemas);
    }
}
