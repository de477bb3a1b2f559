namespace Chaos.Tests.Links;

/// <summary>How a link is.</summary>
internal enum LinkState
{
    /// <summary>Carries everything at once.</summary>
    Open,

    /// <summary>Carries a few bytes at a time, late.</summary>
    Slow,

    /// <summary>Accepts connections and carries nothing.</summary>
    Still,

    /// <summary>Resets its connections, and new ones as they come.</summary>
    Cut,
}
