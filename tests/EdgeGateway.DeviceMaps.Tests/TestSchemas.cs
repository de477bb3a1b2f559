using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>A small driver and a small publisher, enough to write maps with.</summary>
internal static class TestSchemas
{
    public static readonly Option<string> Host = OptionOf.Text("host", "Name or address.", required: true);
    public static readonly Option<long> Port = OptionOf.Integer("port", "TCP port.", 1, 65535, @default: 502);
    public static readonly Option<SecretText> Key = OptionOf.Secret("key", "Key of the line.");
    public static readonly Option<long> UnitId = OptionOf.Integer("unit_id", "Address on the bus.", 0, 247, @default: 1);
    public static readonly Option<long> Address = OptionOf.Integer("address", "Register.", 0, 65535, required: true);
    public static readonly Option<string> Type = OptionOf.Choice<string>("type", "Number format.", [("u16", "u16"), ("u32", "u32"), ("f32", "f32")], @default: "u16");
    public static readonly Option<bool> Swap = OptionOf.Boolean("swap", "Swaps words.", @default: false);
    public static readonly Option<string> Url = OptionOf.Text("url", "Where to.", required: true, check: u => u.Contains("://", StringComparison.Ordinal) ? null : $"'{u}' is no URL.");
    public static readonly Option<SecretText> Password = OptionOf.Secret("password", "Password.");
    public static readonly Option<IReadOnlyList<string>> Topics = OptionOf.Texts("topics", "Topics.", check: t => t.Contains('#', StringComparison.Ordinal) ? $"'{t}' holds '#'." : null);

    public static readonly DriverSchema Driver = new("bench", new("bench connection", [Host, Port, Key]), new("bench device", [UnitId]), new("bench point", [Address, Type, Swap]),
        (device, faults) =>
        {
            foreach (var point in device.Points)
            {
                if (point.Options.Get(Address) == 65535 && point.Options.Get(Type) != "u16") faults.Add(point.Options.MarkOf(Address), $"address: {point.Path} ends behind the last register.");
            }
        })
    {
        FloatBits = options => options.Get(Type) == "f32" ? 32 : 0,
    };

    public static readonly DriverSchema Other = new("serial", new("serial connection", [OptionOf.Text("tty", "Device file.", required: true)]), OptionTable.Empty, new("serial point", [Address]), (_, _) => { });

    public static readonly PublisherSchema Publisher = new("broker", new("broker", [Url, Password, Topics]), (map, faults) =>
    {
        if (map.Options.Get(Url).StartsWith("http:", StringComparison.Ordinal)) faults.Add(map.Options.MarkOf(Url), $"url: {map.Options.Get(Url)} is no broker.");
    });

    public static IReadOnlyList<DriverSchema> Drivers { get; } = [Driver, Other];

    public static IReadOnlyList<PublisherSchema> Publishers { get; } = [Publisher];
}
