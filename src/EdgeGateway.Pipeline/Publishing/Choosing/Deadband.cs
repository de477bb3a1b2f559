using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Pipeline.Publishing.Choosing;

/// <summary>How far a gauge must move from what was sent last before it is worth sending again: so much of its own unit, or a share of the value sent last.</summary>
/// <param name="Size">In the point's unit, or as a share (0.01 is one percent); not negative.</param>
/// <param name="IsShare">True for a share.</param>
public readonly record struct Deadband(double Size, bool IsShare)
{
    /// <summary>True where <paramref name="value"/> lies within the band around <paramref name="sent"/>: there is nothing new. What is no number is never within.</summary>
    public bool Holds(double sent, double value) => Math.Abs(value - sent) <= (IsShare ? Size * Math.Abs(sent) : Size);

    /// <summary>Reads <c>0.5</c> or <c>2%</c>.</summary>
    public static bool TryParse(string text, out Deadband band)
    {
        var share = text.EndsWith('%');
        band = default;
        if (!ExactDecimal.TryParse(share ? text.AsSpan(0, text.Length - 1).TrimEnd() : text, out var size) || size.Mantissa < 0) return false;
        band = new Deadband(share ? size.ToDouble() / 100 : size.ToDouble(), share);
        return true;
    }
}
