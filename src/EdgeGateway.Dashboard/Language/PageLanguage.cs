using EdgeGateway.DeviceMaps.Language;
using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Dashboard.Language;

/// <summary>The language in which somebody asks, and what the gateway refuses in it. Figures, codes and names are the same in every language; the page has its own words for them.</summary>
internal static class PageLanguage
{
    private static readonly Lazy<MessageCatalogue> Catalogue = new(() => MessageCatalogue.Chinese.With([PageChinese.Messages]));

    /// <summary>Chinese where Accept-Language names it before English; browsers write the best first.</summary>
    public static MessageLanguage Of(HttpRequest request)
    {
        var wanted = request.Headers.AcceptLanguage.ToString().AsSpan();
        foreach (var range in wanted.Split(','))
        {
            var language = wanted[range].TrimStart();
            if (language.StartsWith("zh", StringComparison.OrdinalIgnoreCase)) return MessageLanguage.Chinese;
            if (language.StartsWith("en", StringComparison.OrdinalIgnoreCase)) break;
        }
        return MessageLanguage.English;
    }

    /// <summary>The sentence; one that is not known stays English.</summary>
    public static string Say(string sentence, HttpRequest request) => Of(request) == MessageLanguage.Chinese ? Chinese(sentence) ?? sentence : sentence;

    /// <summary>The sentence in Chinese, or null where it is not known.</summary>
    public static string? Chinese(string sentence) => Catalogue.Value.Translate(sentence);
}
