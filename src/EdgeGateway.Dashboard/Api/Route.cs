using System.Text.Json.Serialization.Metadata;
using EdgeGateway.Dashboard.Access;
using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Dashboard.Api;

/// <summary>A way into the API: served, and described in the OpenAPI document, from the same row.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Path.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Parameters">Query parameters.</param>
/// <param name="Answer">Shape of a good answer; null for a stream or plain text.</param>
/// <param name="Handle">Answers.</param>
internal sealed record Route(string Method, string Path, string Summary, IReadOnlyList<RouteParameter> Parameters, JsonTypeInfo? Answer, RequestDelegate Handle)
{
    /// <summary>Content type of the answer.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>True where no login is needed anywhere: health, and the way to log in.</summary>
    public bool Open { get; init; }

    /// <summary>The least role that may ask. Without a login, as on loopback, everybody is a viewer.</summary>
    public Role Role { get; init; } = Role.Viewer;

    /// <summary>Names in the object that a changing request brings along, or null for one that only reads.</summary>
    public IReadOnlyList<string>? Body { get; init; }
}

/// <summary>A query parameter.</summary>
/// <param name="Name">Name.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Doc">Meaning and form.</param>
internal sealed record RouteParameter(string Name, bool Required, string Doc);
