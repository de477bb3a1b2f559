using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace EdgeGateway.Benchmarks.Modbus;

/// <summary>libmodbus, as a C program that is compiled for the run.</summary>
internal sealed class LibModbus : IDisposable
{
    private readonly DirectoryInfo _folder;

    private LibModbus(DirectoryInfo folder) => _folder = folder;

    private string Program => Path.Combine(_folder.FullName, "libmodbus");

    /// <summary>Compiles it; null where the system lacks compiler or library.</summary>
    public static LibModbus? TryCompile(out string why)
    {
        var made = new LibModbus(Directory.CreateTempSubdirectory("libmodbus-"));
        try
        {
            var output = Run("gcc", ["-O2", "-o", made.Program, Path.Combine(AppContext.BaseDirectory, "Modbus", "libmodbus.c"), "-lmodbus"], out var code);
            why = code == 0 ? "" : $"gcc says: {output.Trim()}; it needs gcc and libmodbus-dev";
            if (code == 0) return made;
        }
        catch (Win32Exception e)
        {
            why = $"gcc cannot be started: {e.Message}";
        }
        made.Dispose();
        return null;
    }

    public double RequestsASecond(int port, int registers, int requests)
    {
        var output = Run(Program, [.. new[] { port, registers, requests }.Select(n => n.ToString(CultureInfo.InvariantCulture))], out var code);
        return code == 0 ? double.Parse(output, CultureInfo.InvariantCulture) : throw new InvalidOperationException($"libmodbus ended with {code}.");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Run(string file, IEnumerable<string> arguments, out int code)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        code = process.ExitCode;
        return code == 0 ? output : error.GetAwaiter().GetResult();
    }
}
