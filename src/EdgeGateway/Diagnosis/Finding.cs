namespace EdgeGateway.Diagnosis;

/// <summary>What a check of the box found.</summary>
internal enum Verdict
{
    Well,
    Note,
    Fault,
}

/// <summary>A finding: about what, and in one sentence what is so and what to do.</summary>
internal sealed record Finding(Verdict Verdict, string About, string Text)
{
    public override string ToString() => $"{(Verdict switch { Verdict.Well => "ok", Verdict.Note => "note", _ => "FAULT" }),-5} {About}: {Text}";
}
