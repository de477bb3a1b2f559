namespace EdgeGateway.Metering.Restating;

/// <summary>The operator's word <c>close</c>: what was stated of windows that end up to its time is reported, and changes only by adjustment records from then on. An earlier time opens again what lies behind it.</summary>
public static class CloseWord
{
    /// <summary>The verb.</summary>
    public const string Verb = "close";
}
