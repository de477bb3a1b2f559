using System.Collections.Frozen;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Dashboard.Pages;

/// <summary>The page as it lies in the binary: every file compressed while building, none on disk. Without Node at build time there is only a plain status page.</summary>
internal sealed class PageFiles
{
    private const string Folder = "page/", Brotli = ".br", Status = Folder + "status.html";
    private readonly FrozenDictionary<string, string> _files = typeof(PageFiles).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Folder, StringComparison.Ordinal) && n.EndsWith(Brotli, StringComparison.Ordinal)).ToFrozenDictionary(n => "/" + n[Folder.Length..^Brotli.Length]);

    /// <summary>True where the real page was built in.</summary>
    public bool HasPage => _files.ContainsKey("/index.html");

    /// <summary>Serves a file of the page; false where there is none of that name.</summary>
    public async Task<bool> TryServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path == "/") path = "/index.html";
        if (!HasPage && path == "/index.html")
        {
            await ServeAsync(context, Status, "text/html; charset=utf-8", packed: false);
            return true;
        }
        if (!_files.TryGetValue(path, out var resource)) return false;
        // Names of built files hold a hash of what is in them; the page itself is asked for anew.
        if (path.StartsWith("/assets/", StringComparison.Ordinal)) context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        await ServeAsync(context, resource, ContentType(path), packed: true);
        return true;
    }

    private static async Task ServeAsync(HttpContext context, string resource, string contentType, bool packed)
    {
        await using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(resource)!;
        context.Response.ContentType = contentType;
        if (packed) context.Response.Headers.Vary = "Accept-Encoding";
        if (packed && Accepts(context.Request, "br"))
        {
            context.Response.Headers.ContentEncoding = "br";
            context.Response.ContentLength = stream.Length;
            await stream.CopyToAsync(context.Response.Body, context.RequestAborted);
            return;
        }
        await using Stream plain = packed ? new BrotliStream(stream, CompressionMode.Decompress) : stream;
        // Browsers offer brotli only over TLS and on localhost.
        if (!packed || !Accepts(context.Request, "gzip"))
        {
            await plain.CopyToAsync(context.Response.Body, context.RequestAborted);
            return;
        }
        context.Response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Optimal, leaveOpen: true);
        await plain.CopyToAsync(gzip, context.RequestAborted);
    }

    private static bool Accepts(HttpRequest request, string coding) =>
        request.Headers.AcceptEncoding.ToString().Split(',', StringSplitOptions.TrimEntries).Any(c => c == coding || c.StartsWith(coding + ";", StringComparison.Ordinal) && !c.EndsWith(";q=0", StringComparison.Ordinal));

    private static string ContentType(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".webmanifest" => "application/manifest+json",
        ".png" => "image/png",
        ".woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
}
