using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Publishers.Influx.Options;

namespace EdgeGateway.Publishers.Influx.Tests;

public sealed class OptionTests
{
    [Theory]
    [InlineData("http://db", "http://db")]
    [InlineData("http://10.0.0.9:8086/", "http://10.0.0.9:8086")]
    [InlineData("https://[::1]:9/influx/", "https://[::1]:9/influx")]
    public void A_url_is_read(string text, string expected) => Assert.Equal(expected, ServerAddress.Parse(text, out _)?.ToString());

    [Theory]
    [InlineData("db:8086", "expected http://")]
    [InlineData("", "expected http://")]
    [InlineData("htpp://db", "did you mean 'http'")]
    [InlineData("mqtt://db", "neither http:// nor https://")]
    [InlineData("http://user:secret@db", "options of their own")]
    [InlineData("http://db:99999", "is not http://host")]
    [InlineData("http://db:0", "is not http://host")]
    [InlineData("http://", "is not http://host")]
    [InlineData("http://db/?db=x", "options of their own")]
    [InlineData("http://db/api/v2/write", "leave out the path of the write")]
    public void A_wrong_url_says_what_to_write(string text, string expected)
    {
        var faults = new FaultList();
        Target.Bind(faults, ("url", text), ("version", "2"), ("bucket", "b"));
        var fault = Assert.Single(faults.Ordered);
        Assert.StartsWith("plant.yaml:2:5: url: ", fault.ToString(), StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "database", "/write?db=a%26b%20c&precision=ns")]
    [InlineData("2", "bucket", "/api/v2/write?bucket=a%26b%20c&precision=ns")]
    [InlineData("3", "database", "/api/v3/write_lp?db=a%26b%20c&precision=nanosecond&accept_partial=true")]
    public void Each_version_has_its_own_path(string version, string option, string expected) =>
        Assert.Equal("http://db:8086" + expected, new InfluxSettings(Target.Map(("url", "http://db:8086"), ("version", version), (option, "a&b c"))).WriteUri.AbsoluteUri);

    [Fact]
    public void What_a_version_needs_is_missed_and_what_it_does_not_know_is_refused()
    {
        Assert.Equal(["version: version 1 needs a database beside it.", "bucket: version 1 has no such thing; check version.", "token: version 1 has no such thing; check version."],
            Faults(("url", "http://db"), ("version", "1"), ("bucket", "b"), ("token", "t")));
        Assert.Equal(["version: version 2 needs a bucket beside it.", "database: version 2 has no such thing; check version.", "username: version 2 has no such thing; check version."],
            Faults(("url", "http://db"), ("version", "2"), ("database", "b"), ("username", "u")));
        Assert.Equal(["password: there is no username beside it.", "ca_file: only an https:// url uses certificates.", "client_key: there is no client_certificate beside it."],
            Faults(("url", "http://db"), ("version", "1"), ("database", "d"), ("password", "p"), ("ca_file", "ca.pem"), ("client_key", "k.pem")));
    }

    private static IEnumerable<string> Faults(params (string, string)[] options)
    {
        var faults = new FaultList();
        Target.Bind(faults, options);
        return faults.Ordered.Select(f => f.Message);
    }
}
