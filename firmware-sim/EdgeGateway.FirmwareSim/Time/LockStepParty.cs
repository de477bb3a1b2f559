namespace EdgeGateway.FirmwareSim.Time;

/// <summary>Someone the clock waits for.</summary>
/// <param name="Name">Name in messages.</param>
/// <param name="Quiet">True while it waits and nothing given to it is open; read from the clock's thread.</param>
/// <param name="Activity">Moves with every change of <paramref name="Quiet"/>, so that two equal readings have nothing in between.</param>
public sealed record LockStepParty(string Name, Func<bool> Quiet, Func<long> Activity);
