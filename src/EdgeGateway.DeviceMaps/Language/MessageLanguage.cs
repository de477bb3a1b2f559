namespace EdgeGateway.DeviceMaps.Language;

/// <summary>Language of messages.</summary>
public enum MessageLanguage
{
    /// <summary>English, in which messages are made.</summary>
    English = 0,

    /// <summary>Simplified Chinese.</summary>
    Chinese = 1,
}
