namespace EdgeGateway.Drivers.Modbus.Sockets;

/// <summary>What other threads ask of a bus thread.</summary>
internal enum BusCommand
{
    /// <summary>Serve the link from now on.</summary>
    Join,

    /// <summary>Close the link and let it end.</summary>
    Leave,

    /// <summary>Work that the link had begun elsewhere is done.</summary>
    Prepared,

    /// <summary>Look at what the link was given.</summary>
    Advance,
}
