namespace EdgeGateway.OpcUa.Chunks;

/// <summary>Numbers of sent chunks: +1 each over OPN, MSG and CLO, never reset by a renewal, wrapping to 1 behind 4 294 966 271 (OPC 10000-6, 6.7.2.4).</summary>
/// <param name="last">The number before the first.</param>
public sealed class SequenceSender(uint last = 0)
{
    internal const uint LastBeforeWrap = 4_294_966_271;
    internal const uint WrapLimit = 1024;
    private uint _last = last;

    /// <summary>The next number.</summary>
    public uint Next() => _last = _last > LastBeforeWrap ? 1 : _last + 1;
}

/// <summary>Checks numbers of received chunks: the first is taken as it is, then exactly +1 or a legal wrap.</summary>
public sealed class SequenceReceiver
{
    private uint _last;
    private bool _begun;

    /// <summary>False where a chunk was lost, repeated or forged: the channel must be closed.</summary>
    public bool Accept(uint number)
    {
        var legal = !_begun || number == unchecked(_last + 1) || (_last > SequenceSender.LastBeforeWrap && number < SequenceSender.WrapLimit);
        if (!legal) return false;
        _begun = true;
        _last = number;
        return true;
    }
}
