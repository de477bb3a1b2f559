namespace EdgeGateway.Dashboard.Access;

/// <summary>Tokens of machines: 256 random bits, so that a plain hash keeps them.</summary>
public static class MachineTokens
{
    private const string Prefix = "egw_";

    /// <summary>A new token.</summary>
    public static string New() => Prefix + Sessions.Random();

    /// <summary>What is kept of it.</summary>
    public static string Hash(string token) => Sessions.Key(token);
}
