using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.Commands;

/// <summary><c>reference</c>: the page of all options.</summary>
internal static class ReferenceCommand
{
    public static Command Create()
    {
        var command = new Command("reference", "Print every option of a map with type, default and meaning, as Markdown.");
        command.SetAction(_ =>
        {
            Console.Write(Text());
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
