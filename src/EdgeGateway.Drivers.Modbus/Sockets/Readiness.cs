namespace EdgeGateway.Drivers.Modbus.Sockets;

/// <summary>A socket that is ready.</summary>
/// <param name="Token">As given when it was added.</param>
/// <param name="Ready">For what; an error is ready for both.</param>
internal readonly record struct Readiness(int Token, Interest Ready);
