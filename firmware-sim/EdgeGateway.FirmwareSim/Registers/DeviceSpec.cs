using System.Collections.Immutable;

namespace EdgeGateway.FirmwareSim.Registers;

/// <summary>Register tables of Modbus.</summary>
[Flags]
public enum RegisterTables
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Holding registers, function 3.</summary>
    Holding = 1,

    /// <summary>Input registers, function 4.</summary>
    Input = 2,

    /// <summary>The same values in both.</summary>
    Both = Holding | Input,
}

/// <summary>One device of the plant. Immutable.</summary>
public sealed record DeviceSpec
{
    /// <summary>Name, as fault scripts and the ledger use it.</summary>
    public required string Name { get; init; }

    /// <summary>Modbus unit id.</summary>
    public required byte UnitId { get; init; }

    /// <summary>Where its registers can be read.</summary>
    public required RegisterTables Tables { get; init; }

    /// <summary>Registers that can be read, from address 0; those without a value read zero.</summary>
    public required int Size { get; init; }

    /// <summary>Rated power in kW; 0 for a PLC.</summary>
    public required int RatedKilowatts { get; init; }

    /// <summary>What it is, in a few words.</summary>
    public required string Text { get; init; }

    /// <summary>Its values, by ascending address.</summary>
    public required ImmutableArray<RegisterSpec> Registers { get; init; }

    /// <summary>The value of that name, or null.</summary>
    public RegisterSpec? Find(string register) => Registers.FirstOrDefault(r => r.Name == register);
}
