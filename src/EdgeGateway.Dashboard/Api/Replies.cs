using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using EdgeGateway.Dashboard.Language;
using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Dashboard.Api;

/// <summary>Writes answers.</summary>
internal static class Replies
{
    /// <summary>The shapes of all answers. Names in Chinese stay readable; what HTML gives a meaning is escaped.</summary>
    public static AnswerJson Json { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        TypeInfoResolver = AnswerJson.Default,
    });

    public static Task JsonAsync<T>(HttpContext context, JsonTypeInfo<T> shape, T answer, int status = StatusCodes.Status200OK)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, shape);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    public static Task TextAsync(HttpContext context, string contentType, string text, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    /// <summary>An error, in the language in which the request asks for it.</summary>
    public static Task ErrorAsync(HttpContext context, int status, string error) => JsonAsync(context, Json.ErrorAnswer, new ErrorAnswer(PageLanguage.Say(error, context.Request)), status);
}
