namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>What users complained about in other gateways, a folder each; see <see cref="Scenario"/>.</summary>
public sealed class ScenarioTests
{
    private const int AtOnce = 6;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "testcases");

    // They mostly wait, so several run at a time.
    private static readonly SemaphoreSlim Room = new(AtOnce);
    private static readonly Lazy<Dictionary<string, Task>> All = new(() => Names.ToDictionary(n => n, n => Task.Run(() => RunAsync(n))));

    public static TheoryData<string> Cases => [.. Names];

    private static IEnumerable<string> Names => Directory.GetDirectories(Folder).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case(string name) => All.Value[name];

    private static async Task RunAsync(string name)
    {
        await Room.WaitAsync();
        try
        {
            await using var scenario = new Scenario(Path.Combine(Folder, name));
            await scenario.RunAsync();
        }
        finally
        {
            Room.Release();
        }
    }
}
