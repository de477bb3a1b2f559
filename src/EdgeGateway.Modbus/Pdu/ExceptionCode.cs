namespace EdgeGateway.Modbus.Pdu;

/// <summary>Why a device refuses a request. The numbers are the protocol's (V1.1b3, 7).</summary>
public enum ExceptionCode : byte
{
    /// <summary>The function is not supported.</summary>
    IllegalFunction = 1,

    /// <summary>An address of the request does not exist.</summary>
    IllegalDataAddress = 2,

    /// <summary>A value of the request, such as the count, is not allowed.</summary>
    IllegalDataValue = 3,

    /// <summary>The device failed.</summary>
    DeviceFailure = 4,

    /// <summary>Accepted; it will take long.</summary>
    Acknowledge = 5,

    /// <summary>Busy.</summary>
    DeviceBusy = 6,

    /// <summary>A parity error in its memory.</summary>
    MemoryParity = 8,

    /// <summary>The gateway has no path to the device.</summary>
    GatewayPathUnavailable = 10,

    /// <summary>The device behind the gateway did not answer.</summary>
    GatewayTargetSilent = 11,
}

/// <summary>Words for an <see cref="ExceptionCode"/>.</summary>
public static class ExceptionCodeWords
{
    /// <summary>For people: <c>exception 2, illegal data address</c>.</summary>
    public static string Word(this ExceptionCode code) => code switch
    {
        ExceptionCode.IllegalFunction => "exception 1, illegal function",
        ExceptionCode.IllegalDataAddress => "exception 2, illegal data address",
        ExceptionCode.IllegalDataValue => "exception 3, illegal data value",
        ExceptionCode.DeviceFailure => "exception 4, device failure",
        ExceptionCode.Acknowledge => "exception 5, acknowledge",
        ExceptionCode.DeviceBusy => "exception 6, device busy",
        ExceptionCode.MemoryParity => "exception 8, memory parity error",
        ExceptionCode.GatewayPathUnavailable => "exception 10, gateway path unavailable",
        ExceptionCode.GatewayTargetSilent => "exception 11, device behind the gateway is silent",
        _ => "an exception of its own",
    };
}
