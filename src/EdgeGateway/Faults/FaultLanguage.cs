using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Language;

namespace EdgeGateway.Faults;

/// <summary>Says messages about maps in a language: those of the map itself and those of every driver and publisher of this binary.</summary>
internal static class FaultLanguage
{
    private static readonly Lazy<MessageCatalogue> InChinese = new(() =>
    {
        var registrations = new Registrations();
        return MessageCatalogue.Chinese.With(registrations.DriverSchemas.Select(d => d.Chinese).Concat(registrations.PublisherSchemas.Select(p => p.Chinese)).Distinct());
    });

    /// <summary>The catalogue in Chinese.</summary>
    public static MessageCatalogue Chinese => InChinese.Value;

    /// <summary>The message; one that is not known stays English: better a foreign sentence than none.</summary>
    public static string Say(string message, MessageLanguage language) => language == MessageLanguage.English ? message : Chinese.Translate(message) ?? message;
}
