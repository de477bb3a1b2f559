using EdgeGateway.FirmwareSim.Profiles;

namespace EdgeGateway.FirmwareSim.Plants;

/// <summary>What the workshop uses outside its lines and nobody meters: light, fans, a compressor. Thread-safe.</summary>
internal sealed class BaseLoad(PlantProfile profile, ulong seed, ulong stream, long start)
{
    private readonly Lock _lock = new();
    private readonly SeededRandom _random = SeededRandom.Of(seed, stream);
    private readonly PowerTrack _power = new(start);

    public void Forget(long time)
    {
        lock (_lock) _power.Forget(time);
    }

    /// <summary>Nanojoules in [start, <paramref name="time"/>).</summary>
    public Int128 EnergyUntil(long time)
    {
        lock (_lock)
        {
            while (_power.End <= time) _power.Append(_power.End + _random.Draw(profile.BaseLoadStep), _random.Draw(profile.BaseLoadMilliwatts));
            return _power.Until(time);
        }
    }
}
