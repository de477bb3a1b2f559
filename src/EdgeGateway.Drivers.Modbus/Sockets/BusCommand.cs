namespace EdgeGateway.Drivers.Modbus.Sockets;

/// <summary>What other threads ask of a bus thread.</summary>
internal enum BusCommand
{
    /// <summary>Serve the link from now on.</summary>
    Join,

    /// <summary>Close the link and let it end.</summary>
    Leave,

    /// <summary>The link's host name was resolved.</summary>
    Resolved,
}
