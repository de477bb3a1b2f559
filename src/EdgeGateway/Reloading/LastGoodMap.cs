using EdgeGateway.Composition;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Reloading;

/// <summary>The map that ran last, kept beside the store: with it the gateway starts where the map's own file has faults. Secrets are not in it, only where they come from.</summary>
/// <param name="storePath">The gateway's database file.</param>
/// <param name="log">For the few lines worth saying.</param>
internal sealed partial class LastGoodMap(string storePath, ILogger log)
{
    /// <summary>Its file.</summary>
    public string Path { get; } = storePath + ".map.yaml";

    /// <summary>Keeps the map, whole or not at all. A disk that refuses is said and hurts nothing else.</summary>
    public void Keep(LoadedMap map)
    {
        if (map.Name.Length == 0) return;
        try
        {
            var fresh = Path + ".new";
            File.WriteAllText(fresh, map.Text);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(fresh, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(fresh, Path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            LogNotKept(Path, problem.Message);
        }
    }

    /// <summary>The map kept last, with the name and folder of the map that replaces it, or null where there is none that can be used.</summary>
    public LoadedMap? Find(string mapPath)
    {
        if (!File.Exists(Path)) return null;
        var outcome = MapFile.ReadKept(Path, mapPath);
        if (outcome.Map is null) LogUnusable(Path, outcome.Faults[0].Message);
        return outcome.Map;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The map that runs could not be kept as {Path}: {Problem}")]
    private partial void LogNotKept(string path, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "The map kept as {Path} cannot be used either: {Problem}")]
    private partial void LogUnusable(string path, string problem);
}
