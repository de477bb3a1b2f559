using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Language;
using EdgeGateway.Faults;

namespace EdgeGateway.Commands;

/// <summary><c>validate</c>: every fault of a map with its place; touches no device.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var map = MapArgument.Create();
        var format = new Option<string>("--format") { Description = "text for people, json for programs (one object on standard output).", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var language = LanguageOption.Create();
        var command = new Command("validate", "Check a map and name every fault as file:line:column. Touches no device. Warnings do not change the exit code.") { map, format, language };
        command.SetAction(parsed => Run(MapFile.Read(parsed.GetRequiredValue(map).ToString()), parsed.GetValue(format) == "json", LanguageOption.Of(parsed.GetValue(language))));
        return command;
    }

    private static int Run(MapOutcome outcome, bool json, MessageLanguage language)
    {
        if (json) Console.WriteLine(FaultJson.Write(outcome, language));
        else
        {
            foreach (var line in new FaultText(language).Lines(outcome)) Console.Error.WriteLine(line);
            if (outcome.Map is { } map) Console.WriteLine(language == MessageLanguage.Chinese ? $"有效：{MapArgument.Summary(map.Plant, language)}。" : $"Valid: {MapArgument.Summary(map.Plant)}.");
        }
        return outcome.Map is null ? ExitCode.Faults : ExitCode.Done;
    }
}
