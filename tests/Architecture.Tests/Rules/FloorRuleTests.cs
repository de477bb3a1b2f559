using Architecture.Tests.Tree;

namespace Architecture.Tests.Rules;

public class FloorRuleTests
{
    private static readonly ProjectFile _records = Project("src/EdgeGateway.Records", 0);
    private static readonly ProjectFile _modbus = Project("src/EdgeGateway.Modbus", 0, "EdgeGateway.Records");
    private static readonly ProjectFile _metering = Project("src/EdgeGateway.Metering", 1, "EdgeGateway.Records");
    private static readonly ProjectFile _maps = Project("src/EdgeGateway.DeviceMaps", 2, "EdgeGateway.Records");
    private static readonly ProjectFile _pipeline = Project("src/EdgeGateway.Pipeline", 2, "EdgeGateway.Records", "EdgeGateway.Metering", "EdgeGateway.DeviceMaps");
    private static readonly ProjectFile _storage = Project("src/EdgeGateway.Storage", 3, "EdgeGateway.Pipeline");

    [Fact]
    public void Down_to_records_and_from_pipeline_to_maps_is_allowed() =>
        Assert.Empty(FloorRule.Broken([_records, _modbus, _metering, _maps, _pipeline, _storage]));

    [Fact]
    public void Up_is_refused() =>
        Assert.Equal("src/EdgeGateway.Metering/EdgeGateway.Metering.csproj (floor 1) references src/EdgeGateway.DeviceMaps/EdgeGateway.DeviceMaps.csproj (floor 2)",
            Assert.Single(FloorRule.Broken([_records, _maps, Project("src/EdgeGateway.Metering", 1, "EdgeGateway.DeviceMaps")])));

    [Theory]
    [InlineData("EdgeGateway.Drivers.Modbus", 3, "EdgeGateway.Storage", 3)]
    [InlineData("EdgeGateway.DeviceMaps", 2, "EdgeGateway.Pipeline", 2)]
    [InlineData("EdgeGateway.Modbus", 0, "EdgeGateway.OpcUa", 0)]
    [InlineData("EdgeGateway.Records", 0, "EdgeGateway.Modbus", 0)]
    public void Sideways_is_refused(string from, int floor, string to, int same) =>
        Assert.Single(FloorRule.Broken([Project("src/" + from, floor, to), Project("src/" + to, same)]));

    [Fact]
    public void A_floor_must_be_declared() => Assert.Contains("declares no <Floor>", Assert.Single(FloorRule.Broken([Project("src/EdgeGateway.New", null)])), StringComparison.Ordinal);

    [Fact]
    public void A_reference_must_lead_somewhere() =>
        Assert.Contains("does not exist", Assert.Single(FloorRule.Broken([Project("src/EdgeGateway.Storage", 3, "EdgeGateway.Gone")])), StringComparison.Ordinal);

    [Fact]
    public void The_product_knows_no_test() =>
        Assert.Contains("test project", Assert.Single(FloorRule.Broken(
            [_records with { Projects = ["tests/EdgeGateway.Peers/EdgeGateway.Peers.csproj"] }, Project("tests/EdgeGateway.Peers", null)])), StringComparison.Ordinal);

    [Theory]
    [InlineData("<PackageReference Include=\"YamlDotNet\" />")]
    [InlineData("<FrameworkReference Include=\"Microsoft.AspNetCore.App\" />")]
    public void Pure_floors_take_no_package(string item) =>
        Assert.Single(FloorRule.Broken([ProjectFile.Parse("src/A/A.csproj", $"<Project><PropertyGroup><Floor>1</Floor></PropertyGroup><ItemGroup>{item}</ItemGroup></Project>")]));

    [Fact]
    public void A_project_file_is_read()
    {
        var read = ProjectFile.Parse("src/A/A.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><Floor>3</Floor></PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="..\B\B.csproj" />
                <PackageReference Include="P" />
                <Compile Include="../../firmware-sim/S/X.cs" />
              </ItemGroup>
            </Project>
            """);
        Assert.Equal((3, "A", "A", "src/A", "src"), (read.Floor!.Value, read.Name, read.RootNamespace, read.Folder, read.Area));
        Assert.Equal("N.A", ProjectFile.Parse("src/A/A.csproj", "<Project><PropertyGroup><RootNamespace>N.A</RootNamespace></PropertyGroup></Project>").RootNamespace);
        Assert.Equal(["src/B/B.csproj"], read.Projects);
        Assert.Equal(["P"], read.Packages);
        Assert.Equal(["firmware-sim/S/X.cs"], read.ForeignFiles);
    }

    private static ProjectFile Project(string folder, int? floor, params string[] references) =>
        new($"{folder}/{folder.Split('/')[1]}.csproj", folder.Split('/')[1], floor, [.. references.Select(r => $"src/{r}/{r}.csproj")], [], [], []);
}
