namespace EdgeGateway.Publishers.Mqtt.Templates.Values;

/// <summary>What placeholders stand for in one message, or in one turn of a repetition.</summary>
internal interface IPlaceholders
{
    /// <summary>The value of a name of its vocabulary.</summary>
    PlaceholderValue this[string name] { get; }

    /// <summary>Turns of the repetition <c>$samples</c> or <c>$quantities</c>, each with its own names beside the outer ones; empty where there is none.</summary>
    IEnumerable<IPlaceholders> Turns { get; }
}
