using System.Globalization;
using EdgeGateway.FirmwareSim.Plants;

namespace Chaos.Tests.Judging;

/// <summary>Every sample that arrived says what the register showed about then.</summary>
internal static class SampleJudge
{
    /// <summary>Renewal of a register, a time-out, and a machine with more to do than time for it, microseconds.</summary>
    private const long About = 2_000_000, Probe = 50_000;

    private static readonly Dictionary<string, (string Device, string Register, bool IsFloat)> _registers = new()
    {
        ["incoming-meter.energy"] = ("workshop", "energy", true),
        ["line-1-meter.energy"] = ("line-1", "energy-wh", false),
        ["line-2-meter.energy"] = ("line-2", "energy-wh", false),
        ["plc.good-1"] = ("plc", "good-1", false),
        ["plc.scrap-1"] = ("plc", "scrap-1", false),
        ["plc.good-2"] = ("plc", "good-2", false),
        ["plc.scrap-2"] = ("plc", "scrap-2", false),
    };

    /// <summary>Complaints about samples whose time in the plant is known.</summary>
    public static IEnumerable<string> Complaints(Plant plant, Arrivals arrivals, Func<long, long?> plantTime)
    {
        foreach (var sample in arrivals.Samples)
        {
            if (plantTime(sample.Time) is { } at && !Showed(plant, sample, at))
                yield return string.Create(CultureInfo.InvariantCulture, $"wrong: {sample.Point} never showed {sample.Steps} about {DateTimeOffset.UnixEpoch.AddMicroseconds(sample.Time):HH:mm:ss.fff}");
        }
    }

    private static bool Showed(Plant plant, ArrivedSample sample, long at)
    {
        var (device, register, isFloat) = _registers[sample.Point];
        for (var probe = at - About; probe <= at + About; probe += Probe)
        {
            var bits = plant.RegisterBits(device, register, probe);
            if ((isFloat ? (long)Math.Round(BitConverter.UInt32BitsToSingle(bits) / 0.001) : bits) == sample.Steps) return true;
        }
        return false;
    }
}
