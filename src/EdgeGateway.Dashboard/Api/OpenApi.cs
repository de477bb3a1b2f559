using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace EdgeGateway.Dashboard.Api;

/// <summary>Describes the routes as an OpenAPI 3.1 document; shapes come from the same source-generated types that answer.</summary>
internal static class OpenApi
{
    public static string Document(IEnumerable<Route> routes, string version)
    {
        var paths = new JsonObject();
        foreach (var route in routes)
        {
            if (paths[route.Path] is not JsonObject path) paths[route.Path] = path = [];
            path[route.Method.ToLowerInvariant()] = Operation(route);
        }
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "EdgeGateway", ["version"] = version, ["description"] = "Exact decimals are texts; times are ISO 8601 in UTC, except columns of seconds since 1970." },
            ["paths"] = paths,
        }.ToJsonString();
    }

    private static JsonObject Operation(Route route)
    {
        var good = new JsonObject { ["description"] = route.Summary };
        good["content"] = new JsonObject { [route.ContentType] = route.Answer is { } shape ? new JsonObject { ["schema"] = JsonSchemaExporter.GetJsonSchemaAsNode(shape) } : new JsonObject() };
        var operation = new JsonObject
        {
            ["summary"] = route.Summary,
            ["operationId"] = route.Path.Split('/')[^1],
            ["parameters"] = new JsonArray([.. route.Parameters.Select(p => (JsonNode)new JsonObject
            {
                ["name"] = p.Name, ["in"] = "query", ["required"] = p.Required, ["description"] = p.Doc, ["schema"] = new JsonObject { ["type"] = "string" },
            })]),
            ["responses"] = new JsonObject { ["200"] = good, ["400"] = new JsonObject { ["description"] = "What is wrong with the request, as {error}." } },
        };
        if (route.Role > Access.Role.Viewer) operation["responses"]!["403"] = new JsonObject { ["description"] = $"Not for this role: {route.Role.ToString().ToLowerInvariant()} and above." };
        if (route.Body is { } body)
        {
            var properties = new JsonObject([.. body.Select(n => KeyValuePair.Create(n, (JsonNode?)new JsonObject { ["type"] = "string" }))]);
            operation["responses"]!["409"] = new JsonObject { ["description"] = "The gateway refused; the reason and what to do, as {error}." };
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false } } } };
        }
        return operation;
    }
}
