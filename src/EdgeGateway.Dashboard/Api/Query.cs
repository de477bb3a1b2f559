using System.Globalization;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;
using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Dashboard.Api;

/// <summary>Reads query parameters; what is wrong is said by name.</summary>
internal readonly struct Query(HttpRequest request)
{
    private const int MostLength = 256;

    public string? Text(string name) => request.Query[name] is [{ Length: > 0 and <= MostLength } text] ? text : null;

    public string Needed(string name) => Text(name) ?? throw new BadRequestException($"The parameter {name} is missing.");

    /// <summary>A unit of the plan in force by its name.</summary>
    public UnitPlan Unit(IGatewayView gateway)
    {
        var name = Needed("unit");
        return gateway.Plant.Metering.Units.FirstOrDefault(u => u.Path == name) ?? throw new BadRequestException($"There is no unit '{name}'; /api/v1/gateway lists them.");
    }

    public WindowKind? Kind()
    {
        if (Text("kind") is not { } name) return null;
        return WindowKind.TryParse(name, out var kind) ? kind : throw new BadRequestException($"kind: '{name}' is no window; expected one such as 1m, 15m, 1h or 1d.");
    }

    /// <summary>An instant in ISO 8601.</summary>
    public long? Time(string name)
    {
        if (Text(name) is not { } text) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? UtcMicros.From(at) : throw new BadRequestException($"{name}: '{text}' is no time; expected ISO 8601 such as 2026-11-24T00:00:00Z.");
    }

    /// <summary>A span; by default the last 24 hours, or as many as are said.</summary>
    public (long From, long To) Span(IGatewayView gateway, int hours = 24)
    {
        var to = Time("to") ?? UtcMicros.From(gateway.Time.GetUtcNow());
        var from = Time("from") ?? to - hours * UtcMicros.PerHour;
        if (from >= to) throw new BadRequestException("from must lie before to.");
        if (to - from > 400L * 24 * UtcMicros.PerHour) throw new BadRequestException("A span is at most 400 days.");
        return (from, to);
    }

    public long? Number(string name)
    {
        if (Text(name) is not { } text) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw new BadRequestException($"{name}: '{text}' is no number.");
    }
}
