using System.Diagnostics;
using System.Globalization;

namespace EdgeGateway.Benchmarks;

/// <summary>A single figure: how it is taken and how it is printed.</summary>
public static class Figure
{
    /// <summary><c>name value unit</c>, for what has no peer, such as bytes allocated.</summary>
    public static string Line(string name, double value, string unit) => $"{name} {Digits(value)} {unit}";

    /// <summary>Four significant digits.</summary>
    public static string Digits(double value) =>
        value == 0 ? "0" : Math.Abs(value) >= 1000 ? value.ToString("0", CultureInfo.InvariantCulture) : value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>The least of many short runs of both sides in turn: what the work itself takes, where others use the machine as well. A short run mostly lies between two of their turns.</summary>
    public static string Least(string name, string unit, string peer, int runs, Func<double> ours, Func<double> theirs)
    {
        var (least, other) = (double.MaxValue, double.MaxValue);
        for (var i = 0; i < runs; i++) (least, other) = (Math.Min(least, ours()), Math.Min(other, theirs()));
        return string.Create(CultureInfo.InvariantCulture, $"{Line(name, least, unit)} | {peer} {Digits(other)} | {least / other:0.000}");
    }

    /// <summary>Nanoseconds that one of <paramref name="items"/> took while <paramref name="work"/> did them all.</summary>
    public static double NanosecondsEach(long items, Action work)
    {
        var begin = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(begin).TotalNanoseconds / items;
    }

    /// <summary>Bytes that this thread allocated for one of <paramref name="items"/> while <paramref name="work"/> did them all; run it warm.</summary>
    public static double BytesEach(long items, Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)items;
    }
}
