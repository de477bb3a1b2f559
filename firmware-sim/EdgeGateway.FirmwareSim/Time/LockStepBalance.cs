namespace EdgeGateway.FirmwareSim.Time;

/// <summary>Two counts that agree while nothing is under way between two parties: bytes sent and received, connections open at either end.</summary>
/// <param name="Name">Name in messages.</param>
/// <param name="Given">Count of the giving side, raised before it gives.</param>
/// <param name="Taken">Count of the taking side, raised after everything that follows is visible.</param>
/// <remarks>Their difference counts from registration: a party that begins anew registers while the old one's connections are closed and balanced.</remarks>
public sealed record LockStepBalance(string Name, Func<long> Given, Func<long> Taken);
