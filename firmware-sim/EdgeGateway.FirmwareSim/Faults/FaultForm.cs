namespace EdgeGateway.FirmwareSim.Faults;

internal enum RegisterUse
{
    None,
    Optional,
    Required,
}

/// <summary>What a line of each kind must say.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Word">Its word.</param>
/// <param name="Register">Whether it names a register.</param>
/// <param name="CountersOnly">Whether that must be a counter.</param>
/// <param name="Lasts">Whether it has a duration.</param>
/// <param name="HasDelay">Whether it has a delay.</param>
/// <param name="NumberWord">Word before its number, or null.</param>
/// <param name="Least">Least number.</param>
/// <param name="Greatest">Greatest number.</param>
internal sealed record FaultForm(
    FaultKind Kind, string Word, RegisterUse Register = RegisterUse.None, bool CountersOnly = false, bool Lasts = true, bool HasDelay = false,
    string? NumberWord = null, int Least = 0, int Greatest = 0)
{
    public static readonly FaultForm[] All =
    [
        new(FaultKind.Rollover, "rollover", RegisterUse.Required, CountersOnly: true, Lasts: false),
        new(FaultKind.Reset, "reset", RegisterUse.Optional, CountersOnly: true, Lasts: false),
        new(FaultKind.ZeroPieces, "zero-pieces", Lasts: false),
        new(FaultKind.Zero, "zero", RegisterUse.Optional),
        new(FaultKind.Freeze, "freeze", RegisterUse.Optional),
        new(FaultKind.Drop, "drop"),
        new(FaultKind.Silence, "silence"),
        new(FaultKind.Exception, "exception", NumberWord: "code", Least: 1, Greatest: 255),
        new(FaultKind.Slow, "slow", HasDelay: true),
        new(FaultKind.WrongTransaction, "wrong-transaction"),
        new(FaultKind.Split, "split", HasDelay: true, NumberWord: "after", Least: 1, Greatest: 8),
        new(FaultKind.Dip, "dip", RegisterUse.Required, CountersOnly: true, NumberWord: "steps", Least: 1, Greatest: 999_999_999),
        new(FaultKind.Torn, "torn", RegisterUse.Required, CountersOnly: true, HasDelay: true),
        new(FaultKind.Sentinel, "sentinel", RegisterUse.Optional, NumberWord: "high", Least: 1, Greatest: 65_535),
        new(FaultKind.Replace, "replace", RegisterUse.Optional, CountersOnly: true, Lasts: false, NumberWord: "reading", Least: 0, Greatest: 999_999_999),
        new(FaultKind.BadCrc, "bad-crc"),
        new(FaultKind.BadLength, "bad-length", NumberWord: "bytes", Least: 1, Greatest: 100),
    ];

    public static string Words => string.Join(", ", All.Select(f => f.Word));

    public string Example =>
        $"at 00:10:00 {Word} {(Kind == FaultKind.ZeroPieces ? "plc" : "line-1")}" + (Register == RegisterUse.Required ? " energy" : Register == RegisterUse.Optional ? " [energy]" : "")
        + (NumberWord is null ? "" : $" {NumberWord} {Math.Max(Least, 4)}") + (HasDelay ? " by 800ms" : "") + (Lasts ? " for 20s" : "");

    public static FaultForm Of(FaultKind kind) => All.First(f => f.Kind == kind);
}
