using System.Collections.Immutable;

namespace Architecture.Tests.Tree;

/// <summary>The working tree this assembly was built from. Paths are relative to its root, with forward slashes.</summary>
internal static class Repository
{
    private static readonly string[] _notOurs = [".git", "bin", "obj", "artifacts", "node_modules", ".vs", ".idea", ".vscode", "TestResults", "__pycache__"];
    private static readonly string[] _binary = [".png", ".bin", ".ico", ".woff2", ".gz", ".db", ".db-wal", ".db-shm", ".pfx"];

    public static string Root { get; } = FindRoot();

    public static ImmutableArray<string> Files { get; } =
        [.. Walk(new DirectoryInfo(Root)).Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> TextFiles => Files.Where(f => !_binary.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase));

    public static ImmutableArray<ProjectFile> Projects { get; } =
        [.. Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)).Select(f => ProjectFile.Parse(f, Read(f)))];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles().Where(f => !_notOurs.Contains(f.Name))) yield return file.FullName;
        foreach (var inner in folder.EnumerateDirectories())
        {
            if (_notOurs.Contains(inner.Name) || inner.LinkTarget is not null) continue;
            foreach (var file in Walk(inner)) yield return file;
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EdgeGateway.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No EdgeGateway.sln above {AppContext.BaseDirectory}");
    }
}
