using EdgeGateway.Peers;

namespace EdgeGateway.Tests.Processes;

/// <summary>Starts the gateway as its users do: the native binary that test.sh publishes, or the managed build beside the tests where there is none yet.</summary>
internal static class GatewayProcess
{
    public static PeerProcess Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var binary = Environment.GetEnvironmentVariable("EDGEGATEWAY_BINARY");
        return string.IsNullOrEmpty(binary)
            ? PeerProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "edgegateway.dll"), .. arguments], environment)
            : PeerProcess.Start(binary, arguments, environment);
    }

    /// <summary>Runs a command to its end.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    /// <summary>Runs a command to its end, in an environment of its own.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        await using var process = Start(arguments, environment);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1));
        return (process.ExitCode, process.Output);
    }
}
