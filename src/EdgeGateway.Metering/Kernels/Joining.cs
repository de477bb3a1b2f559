namespace EdgeGateway.Metering.Kernels;

/// <summary>What a gauge did between two samples.</summary>
public enum Joining : byte
{
    /// <summary>It went straight from one to the other: polled values.</summary>
    Line = 0,

    /// <summary>It held until the next one: values sent on change.</summary>
    Hold = 1,
}
