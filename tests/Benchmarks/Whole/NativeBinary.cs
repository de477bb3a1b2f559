using System.Runtime.InteropServices;

namespace EdgeGateway.Benchmarks.Whole;

/// <summary>The gateway as it is shipped; bench.sh publishes it for the benchmarks that need it.</summary>
internal static class NativeBinary
{
    /// <summary>Its path.</summary>
    /// <exception cref="FileNotFoundException">It has not been published.</exception>
    public static string Path
    {
        get
        {
            var path = System.IO.Path.GetFullPath(System.IO.Path.Combine("artifacts", "aot", RuntimeInformation.RuntimeIdentifier.StartsWith("linux-arm", StringComparison.Ordinal) ? "linux-arm64" : "linux-x64", "edgegateway"));
            return File.Exists(path) ? path : throw new FileNotFoundException("There is no native binary; ./bench.sh publishes it.", path);
        }
    }
}
