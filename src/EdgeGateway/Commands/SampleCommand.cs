using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.Commands;

/// <summary><c>sample</c>: a commented map with every option of a driver or publisher.</summary>
internal static class SampleCommand
{
    public static Command Create()
    {
        var key = new Argument<string>("key") { Description = "A driver or publisher: " + string.Join(", ", Keys) + "." };
        key.AcceptOnlyFromAmong([.. Keys]);
        var command = new Command("sample", "Print a valid map in which every option of a driver or publisher stands with its meaning and default.") { key };
        command.SetAction(parsed =>
        {
            Console.Write(Text(parsed.GetRequiredValue(key)));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>All drivers and publishers of this binary.</summary>
    public static IReadOnlyList<string> Keys
    {
        get
        {
            var registrations = new Registrations();
            return [.. registrations.DriverSchemas.Select(d => d.Key), .. registrations.PublisherSchemas.Select(p => p.Key)];
        }
    }

    public static string Text(string key)
    {
        var registrations = new Registrations();
        return registrations.DriverSchemas.FirstOrDefault(d => d.Key == key) is { } driver ? OptionSample.Of(driver) : OptionSample.Of(registrations.PublisherSchemas.First(p => p.Key == key));
    }
}
