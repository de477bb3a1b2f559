using System.Diagnostics;

namespace EdgeGateway.Peers;

/// <summary>The sqlite3 program, which shares nothing with ours: another pair of eyes on a store.</summary>
public static class SqliteProgram
{
    /// <summary>Runs <paramref name="sql"/> on a file; its answer, without white space at its ends.</summary>
    /// <exception cref="InvalidOperationException">The program refuses; its own words.</exception>
    public static string Ask(string path, string sql)
    {
        var start = new ProcessStartInfo("sqlite3") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(path);
        start.ArgumentList.Add(sql);
        using var sqlite = Process.Start(start)!;
        var error = sqlite.StandardError.ReadToEndAsync();
        var answer = sqlite.StandardOutput.ReadToEnd().Trim();
        sqlite.WaitForExit();
        return sqlite.ExitCode == 0 ? answer : throw new InvalidOperationException(error.Result);
    }
}
