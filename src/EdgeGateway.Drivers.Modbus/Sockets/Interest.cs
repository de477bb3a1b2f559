namespace EdgeGateway.Drivers.Modbus.Sockets;

/// <summary>What a socket is waited for.</summary>
[Flags]
internal enum Interest
{
    /// <summary>Only errors.</summary>
    None = 0,

    /// <summary>Bytes to read, or the end.</summary>
    Read = 1,

    /// <summary>Room to send, or the outcome of a connect.</summary>
    Write = 2,
}
