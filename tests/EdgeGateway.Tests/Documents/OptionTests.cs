using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.Tests.Documents;

public sealed class OptionTests
{
    [Fact]
    public void No_driver_hides_a_common_option()
    {
        foreach (var schema in new Registrations().DriverSchemas) Assert.Empty(MapOptions.Clashes(schema));
    }
}
