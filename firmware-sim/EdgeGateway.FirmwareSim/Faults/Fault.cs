using System.Globalization;
using System.Text;

namespace EdgeGateway.FirmwareSim.Faults;

/// <summary>A fault on the timetable. Immutable; <see cref="FaultScript"/> checks it.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="At">When, since the start of the plant.</param>
/// <param name="Device">Name of the device.</param>
public sealed record Fault(FaultKind Kind, TimeSpan At, string Device)
{
    /// <summary>Name of the register; null for every counter (reset), every register (zero, freeze) or none.</summary>
    public string? Register { get; init; }

    /// <summary>How long it lasts; zero for what happens at an instant.</summary>
    public TimeSpan For { get; init; }

    /// <summary>Delay of a slow answer or of the rest of a split one.</summary>
    public TimeSpan By { get; init; }

    /// <summary>Exception code, or bytes before the split.</summary>
    public int Number { get; init; }

    /// <summary>The line of a fault script that says the same.</summary>
    public override string ToString()
    {
        var form = FaultForm.Of(Kind);
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"at {FaultTime.FormatClock(At)} {form.Word} {Device}");
        if (Register is not null) line.Append(' ').Append(Register);
        if (form.NumberWord is not null) line.Append(CultureInfo.InvariantCulture, $" {form.NumberWord} {Number}");
        if (form.HasDelay) line.Append(" by ").Append(FaultTime.FormatSpan(By));
        if (form.Lasts) line.Append(" for ").Append(FaultTime.FormatSpan(For));
        return line.ToString();
    }
}
