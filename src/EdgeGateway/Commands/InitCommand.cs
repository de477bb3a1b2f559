using System.CommandLine;
using EdgeGateway.Composition;

namespace EdgeGateway.Commands;

/// <summary><c>init</c>: a few questions, then a valid first map.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("map") { Description = "The file to write; it must not exist yet.", DefaultValueFactory = _ => new FileInfo("plant.yaml") };
        var command = new Command("init", "Ask a few questions and write a valid first map with one meter. Touches no device.") { file };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file).ToString();
            if (File.Exists(path))
            {
                Console.Error.WriteLine($"{path} exists already: nothing is changed.");
                return ExitCode.Faults;
            }
            var text = new FirstMap(Console.In, Console.Out, new TemplateShelf(Path.GetDirectoryName(path) ?? "")).Ask();
            if (text is null)
            {
                Console.Error.WriteLine("The answers ended early: nothing is written.");
                return ExitCode.Faults;
            }
            try
            {
                using var writer = new StreamWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write));
                writer.Write(text);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"{path} cannot be written: {problem.Message}");
                return ExitCode.Faults;
            }
            Console.WriteLine($"Written: {path}. Next: edgegateway validate {path}, then edgegateway read {path}.");
            return ExitCode.Done;
        });
        return command;
    }
}
