using System.Text.Json.Serialization;

namespace EdgeGateway.Control;

/// <summary>A request on the control socket: one line of JSON.</summary>
/// <param name="Command">Name of the command.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="By">The caller's own name, not vouched for.</param>
internal sealed record ControlAsk(string Command, Dictionary<string, string> Arguments, string By);

/// <summary>The answer: one line of JSON.</summary>
/// <param name="Ok">True where it was done.</param>
/// <param name="Lines">What to tell the caller.</param>
internal sealed record ControlAnswer(bool Ok, string[] Lines);

/// <summary>How both are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ControlAsk))]
[JsonSerializable(typeof(ControlAnswer))]
internal sealed partial class ControlJson : JsonSerializerContext;
