using System.Globalization;

namespace EdgeGateway.OpcUa.Encoding;

/// <summary>An outcome, all 32 bits as the server sent them (OPC 10000-4, 7.39).</summary>
/// <param name="Value">The bits.</param>
public readonly record struct StatusCode(uint Value)
{
    /// <summary>Severity good.</summary>
    public bool IsGood => Value < 0x4000_0000;

    /// <summary>Severity uncertain: there is a value, of doubtful worth.</summary>
    public bool IsUncertain => Value is >= 0x4000_0000 and < 0x8000_0000;

    /// <summary>Severity bad.</summary>
    public bool IsBad => Value >= 0x8000_0000;

    /// <summary>The code without info bits (limits, overflow, structure changed), for comparisons.</summary>
    public uint Code => Value & 0xFFFF_0000;

    /// <summary>True where the queue of a monitored item overflowed before this value: values were lost (bit 7 with info type DataValue, 7.39.1).</summary>
    public bool HasOverflow => (Value & 0x0480) == 0x0480;

    /// <summary>The symbol, or the number in hexadecimal.</summary>
    public override string ToString() => StatusCodes.NameOf(Code) ?? "0x" + Value.ToString("X8", CultureInfo.InvariantCulture);
}
