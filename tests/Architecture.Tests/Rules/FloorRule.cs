using Architecture.Tests.Tree;

namespace Architecture.Tests.Rules;

/// <summary>A project of the product references lower floors only; sideways only Pipeline → DeviceMaps and everything → Records. Floors 0 and 1 stand on nothing but the base library.</summary>
internal static class FloorRule
{
    public static IEnumerable<string> Broken(IReadOnlyCollection<ProjectFile> projects)
    {
        var byPath = projects.ToDictionary(p => p.Path);
        foreach (var project in projects.Where(p => p.Area == "src"))
        {
            if (project.Floor is not { } floor)
            {
                yield return $"{project.Path} declares no <Floor>";
                continue;
            }
            if (floor <= 1)
            {
                foreach (var name in project.Packages.Concat(project.Frameworks)) yield return $"{project.Path} (floor {floor}) references {name}: floors 0 and 1 use the base library only";
            }
            foreach (var reference in project.Projects)
            {
                if (!byPath.TryGetValue(reference, out var target)) yield return $"{project.Path} references {reference}, which does not exist";
                else if (target.Area == "src" && target.Floor is { } below && !Allowed(project, floor, target, below))
                    yield return $"{project.Path} (floor {floor}) references {target.Path} (floor {below})";
                else if (target.Area == "tests") yield return $"{project.Path} references the test project {target.Path}";
            }
        }
    }

    private static bool Allowed(ProjectFile from, int floor, ProjectFile to, int below) =>
        below < floor ||
        (below == floor && from.Name == "EdgeGateway.Pipeline" && to.Name == "EdgeGateway.DeviceMaps") ||
        (to.Name == "EdgeGateway.Records" && from.Name != to.Name);
}
