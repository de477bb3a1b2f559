using System.Runtime.InteropServices;

namespace EdgeGateway.Benchmarks;

/// <summary>Says where the figures were taken.</summary>
internal static class Machine
{
    public static string Line =>
        $"machine: {Environment.ProcessorCount} cores, {Processor()}, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription} {RuntimeInformation.ProcessArchitecture}";

    private static string Processor()
    {
        const string Source = "/proc/cpuinfo";
        if (!File.Exists(Source)) return "unknown processor";
        // Arm kernels name no model there, only its parts.
        return File.ReadLines(Source).Where(l => l.StartsWith("model name", StringComparison.Ordinal) || l.StartsWith("Model", StringComparison.Ordinal))
            .Select(l => l[(l.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()).FirstOrDefault() ?? "unknown processor";
    }
}
