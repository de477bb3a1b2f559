using Architecture.Tests.Tree;

namespace Architecture.Tests.Rules;

/// <summary>The simulated plant shares no code with the product it judges; only the executable (for <c>demo</c>) and tests know it.</summary>
internal static class SimulatorRule
{
    public static IEnumerable<string> Broken(IReadOnlyCollection<ProjectFile> projects)
    {
        foreach (var project in projects)
        {
            if (project.Area == "firmware-sim")
            {
                foreach (var reference in project.Projects.Concat(project.ForeignFiles).Where(r => !r.StartsWith("firmware-sim/", StringComparison.Ordinal)))
                    yield return $"{project.Path} uses {reference}: the simulator references nothing of the product";
            }
            else if (project.Area == "src" && project.Name != "EdgeGateway")
            {
                foreach (var reference in project.Projects.Concat(project.ForeignFiles).Where(r => r.StartsWith("firmware-sim/", StringComparison.Ordinal)))
                    yield return $"{project.Path} uses {reference}: only the executable and tests know the simulator";
            }
        }
    }
}
