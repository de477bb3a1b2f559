namespace EdgeGateway.DeviceMaps.Located;

/// <summary>Something wrong in a map: where, what, and what to do.</summary>
/// <param name="Mark">The place.</param>
/// <param name="Message">One sentence that names the key, the value and the remedy.</param>
public sealed record Fault(Mark Mark, string Message)
{
    /// <summary><c>file:line:column: message</c>.</summary>
    public override string ToString() => $"{Mark}: {Message}";
}
