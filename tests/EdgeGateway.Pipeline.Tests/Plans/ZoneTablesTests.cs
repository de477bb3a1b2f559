using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Pipeline.Tests.Plans;

/// <summary>The table of a zone says what the operating system's rules say.</summary>
public sealed class ZoneTablesTests
{
    [Theory]
    [InlineData("Asia/Shanghai")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    public void A_table_agrees_with_the_system_at_every_hour(string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        var table = ZoneTables.Of(zone);
        for (var at = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero); at.Year < 2028; at = at.AddMinutes(30))
        {
            var micros = UtcMicros.From(at);
            Assert.Equal(micros + UtcMicros.From(zone.GetUtcOffset(at)), table.ToLocal(micros));
        }
    }
}
