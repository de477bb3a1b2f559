namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>Pauses between attempts to connect: doubling from half a second to half a minute, each drawn from its upper half so that many gateways do not knock at once.</summary>
internal sealed class ReconnectPause(Func<double> random)
{
    private const long First = 500_000, Longest = 30_000_000;
    private long _next = First;

    /// <summary>The next pause in microseconds.</summary>
    public long Next()
    {
        var pause = (long)(_next * (0.5 + random() / 2));
        _next = Math.Min(2 * _next, Longest);
        return pause;
    }

    /// <summary>The line proved good: begin with the shortest pause again.</summary>
    public void Reset() => _next = First;
}
