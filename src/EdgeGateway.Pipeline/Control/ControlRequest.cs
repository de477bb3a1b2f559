using EdgeGateway.DeviceMaps.Language;

namespace EdgeGateway.Pipeline.Control;

/// <summary>What is asked of a running gateway.</summary>
/// <param name="Command">Name of the command.</param>
/// <param name="Arguments">Its arguments by name; not trusted: each command checks its own.</param>
/// <param name="By">Who asks: the name the caller gave and the user id the kernel vouches for.</param>
public sealed record ControlRequest(string Command, IReadOnlyDictionary<string, string> Arguments, string By)
{
    /// <summary>Language of whoever asks, or null where it is not known: what quotes faults of a map then speaks the language of the gateway's surroundings, all else English.</summary>
    public MessageLanguage? Language { get; init; }

    /// <summary>The argument called <paramref name="name"/>, or null.</summary>
    public string? Argument(string name) => Arguments.GetValueOrDefault(name);
}
