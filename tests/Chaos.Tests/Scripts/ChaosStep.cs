using System.Globalization;

namespace Chaos.Tests.Scripts;

/// <summary>One thing that goes wrong. Immutable.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When, since the plant began.</param>
/// <param name="Target">Name of the link, or the plant's fault without its time and duration; else empty.</param>
/// <param name="For">How long; zero for what happens at an instant.</param>
internal sealed record ChaosStep(ChaosKind Kind, TimeSpan At, string Target, TimeSpan For)
{
    public TimeSpan End => At + For;

    /// <summary>The plant's own line of it.</summary>
    public string Fault => string.Create(CultureInfo.InvariantCulture, $"at {At:hh\\:mm\\:ss\\.fff} {Target}{(For > TimeSpan.Zero ? $" for {For.TotalMilliseconds:F0}ms" : "")}");

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{At.TotalSeconds:F3} {Kind}{(Target.Length > 0 ? " " + Target : "")}{(For > TimeSpan.Zero ? $" for {For.TotalSeconds:F3}" : "")}");
}
