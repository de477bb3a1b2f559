using Architecture.Tests.Tree;

namespace Architecture.Tests.Rules;

public class SimulatorRuleTests
{
    private const string Simulator = "firmware-sim/EdgeGateway.FirmwareSim/EdgeGateway.FirmwareSim.csproj";
    private const string Codec = "src/EdgeGateway.Modbus/EdgeGateway.Modbus.csproj";

    [Theory]
    [InlineData("firmware-sim/Host/Host.csproj", Simulator)]
    [InlineData("src/EdgeGateway/EdgeGateway.csproj", Simulator)]
    [InlineData("tests/EdgeGateway.Tests/EdgeGateway.Tests.csproj", Simulator)]
    public void Host_executable_and_tests_may(string from, string to) => Assert.Empty(SimulatorRule.Broken([Project(from, to)]));

    [Theory]
    [InlineData(Simulator, Codec)]
    [InlineData(Simulator, "tests/EdgeGateway.Peers/EdgeGateway.Peers.csproj")]
    [InlineData("src/EdgeGateway.Storage/EdgeGateway.Storage.csproj", Simulator)]
    public void Others_may_not(string from, string to) => Assert.Single(SimulatorRule.Broken([Project(from, to)]));

    [Fact]
    public void Nor_by_a_linked_file() => Assert.Single(SimulatorRule.Broken([Project(Simulator) with { ForeignFiles = ["src/EdgeGateway.Modbus/Framing/Crc.cs"] }]));

    private static ProjectFile Project(string path, params string[] references) => new(path, "X", null, [.. references], [], [], []);
}
