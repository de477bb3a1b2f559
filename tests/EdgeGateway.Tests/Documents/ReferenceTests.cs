using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.Tests.Documents;

public sealed class ReferenceTests
{
    /// <summary>Set UPDATE_DOCS=1 to write the page anew.</summary>
    [Fact]
    public void The_page_of_options_is_generated_from_their_descriptors()
    {
        var registrations = new Registrations();
        var text = OptionReference.Markdown(registrations.DriverSchemas, registrations.PublisherSchemas);
        var page = Path.Combine(Repository.Root, "docs", "reference-options.md");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1") File.WriteAllText(page, text);
        Assert.Equal(text, File.ReadAllText(page));
    }

    [Fact]
    public void No_driver_hides_a_common_option()
    {
        foreach (var schema in new Registrations().DriverSchemas) Assert.Empty(MapOptions.Clashes(schema));
    }
}
