namespace EdgeGateway.DeviceMaps.Options;

/// <summary>A password, token or key. It prints as <c>***</c> wherever it is interpolated, logged or shown; only <see cref="Reveal"/> gives it away.</summary>
/// <param name="text">The secret.</param>
public sealed class SecretText(string text)
{
    private readonly string _text = text;

    /// <summary>The secret itself: for the wire, never for a message.</summary>
    public string Reveal() => _text;

    /// <summary><c>***</c>.</summary>
    public override string ToString() => "***";
}
