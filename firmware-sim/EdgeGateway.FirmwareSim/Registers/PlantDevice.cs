using System.Collections.Immutable;

namespace EdgeGateway.FirmwareSim.Registers;

/// <summary>A device with live registers. Thread-safe once built.</summary>
internal sealed class PlantDevice(DeviceSpec spec, ImmutableArray<PlantRegister> registers, ImmutableArray<Func<long, bool>> inputs)
{
    public DeviceSpec Spec { get; } = spec;

    public ImmutableArray<PlantRegister> Registers { get; } = registers;

    /// <summary>Discrete inputs, from address 0.</summary>
    public ImmutableArray<Func<long, bool>> Inputs { get; } = inputs;

    public PlantRegister? Find(string register) => Registers.FirstOrDefault(r => r.Spec.Name == register);

    /// <summary>Fills <paramref name="block"/> with the registers from <paramref name="first"/>, all as of one instant.</summary>
    public void Read(int first, Span<byte> block, long now)
    {
        block.Clear();
        foreach (var register in Registers) register.CopyTo(block, first, now);
    }
}
