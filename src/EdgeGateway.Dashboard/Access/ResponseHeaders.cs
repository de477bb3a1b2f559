using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Dashboard.Access;

/// <summary>Headers of every response: nothing from elsewhere, nothing inline, no frame around the page, nothing kept by caches on the way.</summary>
internal static class ResponseHeaders
{
    public const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void Set(HttpResponse response, bool tls)
    {
        var h = response.Headers;
        h.ContentSecurityPolicy = Policy;
        h.XContentTypeOptions = "nosniff";
        h.XFrameOptions = "DENY";
        h["Referrer-Policy"] = "no-referrer";
        h["Cross-Origin-Resource-Policy"] = "same-origin";
        h["Cross-Origin-Opener-Policy"] = "same-origin";
        h.CacheControl = "no-store";
        if (tls) h.StrictTransportSecurity = "max-age=31536000";
    }
}
