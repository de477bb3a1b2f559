using System.Globalization;
using System.Text;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Templates;
using EdgeGateway.Reading;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>Every template in the binary: read, planned, asked for over a real socket, decoded, and compared with values worked out by hand.</summary>
public sealed class ShippedTemplateTests
{
    [Fact]
    public void Each_has_values_to_be_compared_with() => Assert.Equal(new TemplateShelf(null).Names(), TemplateValues.All.Select(v => v.Template).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_is_well_formed_and_says_where_it_is_from()
    {
        foreach (var name in new TemplateShelf(null).Names())
        {
            var faults = new FaultList();
            var template = TemplateReader.Read(name, new TemplateShelf(null).Find(name)!.Document, faults);
            Assert.Empty(faults.Ordered);
            Assert.NotEmpty(template!.Source);
            Assert.False(template.Verified, $"{name} was never compared with a device");
        }
    }

    [Fact]
    public async Task Each_decodes_to_the_values_of_its_definition()
    {
        var all = TemplateValues.All;
        using var server = new RegisterServer((unit, function, address) => all[unit - 1].Registers.TryGetValue((function, address), out var value) ? value : null);
        var text = new StringBuilder("gateway: {id: t}\nconnections: {net: {modbus_tcp: {host: 127.0.0.1, port: ").Append(server.Port).Append("}}}\ndevices:\n");
        for (var i = 0; i < all.Count; i++) text.Append(CultureInfo.InvariantCulture, $"  d{i + 1}: {{connection: net, unit_id: {i + 1}, template: {all[i].Template}, {all[i].Device}}}\n");
        var (map, faults) = MapFile.Parse("map.yaml", text.ToString(), ".", _ => null);
        Assert.Empty(faults);
        var points = await EdgeGateway.Reading.PlantReading.ReadAsync(map!, TimeSpan.FromSeconds(30), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        Assert.Equal(
            string.Join('\n', all.SelectMany((v, i) => v.Expected.Select(e => $"d{i + 1}.{e}")).Order(StringComparer.Ordinal)),
            string.Join('\n', points.Select(p => $"{p.Point} = {p.Value}{(p.Good && p.Unit.Length > 0 ? " " + p.Unit : "")}").Order(StringComparer.Ordinal)));
        Assert.All(points.Where(p => !p.Good), p => Assert.True(p.Quality is "sentinel" or "out_of_range", $"{p.Point}: {p.Quality}"));
        Assert.All(server.Requests.Where(r => all[r.Unit - 1].Template == "carlo-gavazzi/em24"), r => Assert.InRange(r.Count, 1, 11));
    }
}
