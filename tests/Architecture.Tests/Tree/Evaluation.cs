using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;

namespace Architecture.Tests.Tree;

/// <summary>What the build really uses for a project once props, targets and conditions have been applied.</summary>
internal sealed record Evaluation(string Project, ImmutableDictionary<string, string> Settings, ImmutableArray<string> AnalyzerFiles)
{
    private static readonly string[] _asked = ["Floor", "Nullable", "TreatWarningsAsErrors", "IsAotCompatible", "PublishAot", "PackageLicenseExpression"];

    public static async Task<Evaluation> OfAsync(string project, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = Repository.Root };
        start.ArgumentList.Add("msbuild");
        start.ArgumentList.Add(project);
        foreach (var property in _asked) start.ArgumentList.Add("-getProperty:" + property);
        start.ArgumentList.Add("-getItem:AdditionalFiles");
        // Under `dotnet test` the parent's MSBuild leaves its own paths behind.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray()) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, $"msbuild cannot evaluate {project}: {output}");
        using var json = JsonDocument.Parse(output);
        return new Evaluation(
            project,
            json.RootElement.GetProperty("Properties").EnumerateObject().ToImmutableDictionary(p => p.Name, p => p.Value.GetString() ?? ""),
            [.. json.RootElement.GetProperty("Items").GetProperty("AdditionalFiles").EnumerateArray().Select(i => Path.GetFileName(i.GetProperty("Identity").GetString()!))]);
    }
}
