using EdgeGateway.FirmwareSim.Faults;

namespace EdgeGateway.FirmwareSim.Ledgers;

/// <summary>A fault with its times: what a judge must find flagged, or borne without a flag.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Start">When it begins, UTC microseconds.</param>
/// <param name="End">When it ends, UTC microseconds; <paramref name="Start"/> where it happens at an instant.</param>
public sealed record LedgerFault(Fault Fault, long Start, long End);
