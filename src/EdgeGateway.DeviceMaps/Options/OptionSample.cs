using System.Text;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Writes a valid map in which every option of a driver or publisher stands with its meaning: those that must be given with an example, the others as comments with their default.</summary>
public static class OptionSample
{
    /// <summary>A map with one connection of the driver, one device, one point; LF line ends, the same for the same schema.</summary>
    public static string Of(DriverSchema driver)
    {
        ArgumentNullException.ThrowIfNull(driver);
        var text = Head($"a {driver.Key} connection, of a device on it and of a point", driver.Key);
        text.Append("gateway: {id: gw-01}\n\nconnections:\n  line-1:\n    ").Append(driver.Key).Append(":\n");
        Write(text, 6, driver.Connection);
        text.Append("\ndevices:\n  device-1:\n    connection: line-1\n\n");
        Write(text, 4, driver.Device);
        text.Append("    # Options that every device has:\n");
        Write(text, 4, MapOptions.Device.Table, MapOptions.Device.Connection);
        text.Append("    points:\n      point-1:\n");
        Write(text, 8, driver.Point);
        text.Append("        # Options that every point has:\n");
        Write(text, 8, MapOptions.Point.Table);
        return text.Append("units: {line-1: {gauges: device-1.point-1}}\n").ToString();
    }

    /// <summary>A map with one publisher.</summary>
    public static string Of(PublisherSchema publisher)
    {
        ArgumentNullException.ThrowIfNull(publisher);
        var text = Head($"a publisher of type {publisher.Key}", publisher.Key);
        text.Append("gateway: {id: gw-01}\nunits: {line-1: {}}\n\npublish:\n  target-1:\n    ").Append(publisher.Key).Append(":\n");
        Write(text, 6, publisher.Options);
        return text.ToString();
    }

    private static StringBuilder Head(string of, string key) => new StringBuilder("# Every option of ").Append(of)
        .Append(". Made from the option descriptors by 'edgegateway sample ").Append(key).Append("'; do not edit.\n# A line that begins with '#' and a key is an option with its default: take the '#' away to change it.\n\n");

    private static void Write(StringBuilder text, int depth, OptionTable table, params ReadOnlySpan<Option> without)
    {
        foreach (var option in table.Items)
        {
            if (option.Shape.Kind == ValueKind.Table || without.Contains(option)) continue;
            text.Append(' ', depth).Append("# ").Append(option.Doc).Append(" (").Append(option.Type).Append(option.Unit is null ? "" : ", " + option.Unit).Append(option.Required ? ", required" : "").Append(")\n");
            var value = option.Example ?? (option.DefaultText is { Length: > 0 } known ? known : option.Required && option.Choices.Count > 0 ? option.Choices[0] : null);
            var given = option.Required || option.Example is not null;
            text.Append(' ', depth).Append(given ? "" : "#").Append(option.Key).Append(':').Append(value is null ? "" : " " + value).Append("\n\n");
        }
    }
}
