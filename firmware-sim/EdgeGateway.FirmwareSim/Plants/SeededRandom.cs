using EdgeGateway.FirmwareSim.Profiles;

namespace EdgeGateway.FirmwareSim.Plants;

/// <summary>Numbers that depend on the seed alone: the same on every machine and runtime (SplitMix64). Not for secrets. One owner.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A stream of its own, so that one part of the plant drawing more does not move the others.</summary>
    public static SeededRandom Of(ulong seed, ulong stream) => new(Mix(seed ^ Mix(stream + 1)));

    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number of the closed range.</summary>
    public long Draw(Between range) => range.Low + (long)Below((ulong)(range.High - range.Low) + 1);

    /// <summary>True in <paramref name="perMille"/> of a thousand draws.</summary>
    public bool Happens(int perMille) => Below(1000) < (ulong)perMille;

    private ulong Below(ulong bound) => Math.BigMul(Next(), bound, out _);

    private ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);
}
