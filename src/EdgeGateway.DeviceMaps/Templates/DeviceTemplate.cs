using EdgeGateway.DeviceMaps.Located;

namespace EdgeGateway.DeviceMaps.Templates;

/// <summary>A device that is described once and used in many maps. Immutable.</summary>
public sealed record DeviceTemplate
{
    /// <summary><c>vendor/model</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the device is.</summary>
    public required string Title { get; init; }

    /// <summary>Keys of the drivers it can be read by, or what the keys of several begin with.</summary>
    public required IReadOnlyList<string> Drivers { get; init; }

    /// <summary>Side of the transformers: <c>primary</c>, <c>secondary</c>, <c>unknown</c> or <c>none</c>.</summary>
    public required string Values { get; init; }

    /// <summary>Where its registers are known from.</summary>
    public required string Source { get; init; }

    /// <summary>True where it was compared with a real device.</summary>
    public required bool Verified { get; init; }

    /// <summary>Its parameters in the order of the file.</summary>
    public required IReadOnlyList<TemplateParameter> Parameters { get; init; }

    /// <summary>Options of the device.</summary>
    public required MapTable Device { get; init; }

    /// <summary>Its points.</summary>
    public required MapTable Points { get; init; }

    /// <summary>True where the driver with this key is one of <see cref="Drivers"/>: <c>modbus</c> stands for <c>modbus_tcp</c>, <c>modbus_rtu</c> and the like.</summary>
    public bool IsReadBy(string driver) => Drivers.Any(d => driver == d || driver.StartsWith(d + "_", StringComparison.Ordinal));
}

/// <summary>What a map may or must supply to a template.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Doc">What it is.</param>
/// <param name="Default">Its value where the map gives none; null where the map must.</param>
public sealed record TemplateParameter(string Name, string Doc, string? Default);
