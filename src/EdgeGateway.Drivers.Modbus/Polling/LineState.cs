namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>What the machine wants of its line; the pump makes it so.</summary>
internal enum LineState
{
    /// <summary>No connection.</summary>
    Down,

    /// <summary>A connection is to be made.</summary>
    Opening,

    /// <summary>The connection stands.</summary>
    Up,
}
