using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.Diagnosis;
using EdgeGateway.Pipeline.Time;

namespace EdgeGateway.Commands;

/// <summary><c>doctor</c>: what is wrong with this box, and a bundle for whoever helps.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var (map, store) = (MapArgument.Create(), StorePlace.Option());
        var bundle = new Option<string?>("--bundle") { Description = "Also write a support bundle, a ZIP without secrets, to this file." };
        var command = new Command("doctor", "Look at map, disk, clock, page and the running gateway; say what is wrong and what to do. Changes nothing.") { map, store, bundle };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (MapArgument.Load(parsed.GetRequiredValue(map)) is not { } loaded) return ExitCode.Faults;
            var answers = await RunningPage.AskAsync(loaded.Plant.Dashboard, cancellationToken);
            Finding[] findings = [.. new BoxChecks(loaded, StorePlace.Of(loaded, parsed.GetValue(store)), TimeProvider.System, new KernelClock()).Run(), .. RunningPage.Findings(answers)];
            var cleaner = new SupportBundle(loaded.Plant);
            var text = cleaner.Clean(string.Join(Environment.NewLine, findings.Select(f => f.ToString())) + Environment.NewLine);
            Console.Write(text);
            if (parsed.GetValue(bundle) is { } path)
            {
                try
                {
                    cleaner.Write(path, text, loaded.Text, answers, ProductVersion.Text);
                    Console.WriteLine($"Support bundle: {path}; no secret is in it, names and figures of your plant are.");
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    Console.Error.WriteLine($"The bundle cannot be written: {e.Message}");
                    return ExitCode.Faults;
                }
            }
            return findings.Any(f => f.Verdict == Verdict.Fault) ? ExitCode.Faults : ExitCode.Done;
        });
        return command;
    }
}
