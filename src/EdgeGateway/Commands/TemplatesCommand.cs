using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Templates;
using EdgeGateway.Faults;

namespace EdgeGateway.Commands;

/// <summary><c>templates list | show | check</c>: device templates, those of the folder <c>templates</c> first.</summary>
internal static class TemplatesCommand
{
    public static Command Create()
    {
        var command = new Command("templates", "Device templates: those of the folder 'templates' beside the map come first, then those inside the binary.");
        command.Subcommands.Add(List());
        command.Subcommands.Add(Show());
        command.Subcommands.Add(Check());
        return command;
    }

    private static Command List()
    {
        var folder = Folder();
        var command = new Command("list", "Name every template with what it is, and whether it was compared with a real device.") { folder };
        command.SetAction(parsed =>
        {
            var shelf = new TemplateShelf(parsed.GetValue(folder));
            var names = shelf.Names();
            var width = names.Max(n => n.Length);
            foreach (var name in names)
            {
                var shelved = shelf.Find(name);
                var template = shelved is null ? null : TemplateReader.Read(name, shelved.Document, new FaultList());
                Console.WriteLine($"{name.PadRight(width)}  {(shelved?.Own == true ? "own     " : "built-in")}  {(template is null ? "has faults: see 'templates check'" : (template.Verified ? "verified    " : "not verified") + "  " + template.Title)}");
            }
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show()
    {
        var (name, folder) = (Name(), Folder());
        var command = new Command("show", "Print a template's file.") { name, folder };
        command.SetAction(parsed =>
        {
            if (Find(parsed.GetRequiredValue(name), parsed.GetValue(folder)) is not { } shelved) return ExitCode.Faults;
            Console.Write(shelved.Document.Text);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Check()
    {
        var (name, folder) = (Name(), Folder());
        var command = new Command("check", "Check a template by a device that uses it, on each driver of this binary that it names. Parameters without a default are tried with 1.") { name, folder };
        command.SetAction(parsed =>
        {
            if (Find(parsed.GetRequiredValue(name), parsed.GetValue(folder)) is not { } shelved) return ExitCode.Faults;
            var outcome = TemplateTrial.Run(shelved);
            foreach (var line in new FaultText(LanguageOption.OfSurroundings()).Lines(outcome)) Console.Error.WriteLine(line);
            if (outcome.Map is not { } map) return ExitCode.Faults;
            Console.WriteLine("Valid: " + string.Join(", ", map.Plant.Devices[0].Points.Select(p => p.Name)) + ".");
            return ExitCode.Done;
        });
        return command;
    }

    private static ShelvedTemplate? Find(string name, string? folder)
    {
        var shelf = new TemplateShelf(folder);
        if (shelf.Find(name) is { } found) return found;
        Console.Error.WriteLine($"There is no template '{name}'{DeviceMaps.Options.Spelling.Ending(name, shelf.Names())}");
        return null;
    }

    private static Argument<string> Name() => new("name") { Description = "vendor/model." };

    private static Option<string?> Folder() => new("--folder") { Description = "Folder of the map: its folder 'templates' holds your own.", DefaultValueFactory = _ => "." };
}
