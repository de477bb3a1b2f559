using System.Globalization;
using System.Text.Json;

namespace Chaos.Tests.Judging;

/// <summary>Names a window.</summary>
internal readonly record struct WindowName(string Unit, string Kind, long Start);

/// <summary>A window record as it arrived at a subscriber, read without any code of the product. Times are UTC microseconds.</summary>
internal sealed record ArrivedRecord(WindowName Name, long End, (long Epoch, long Seq) Revision, string Text)
{
    public long Start => Name.Start;

    public bool Void { get; private init; }

    public IReadOnlyList<string> Flags { get; private init; } = [];

    /// <summary>Null where the record has no electricity.</summary>
    public ArrivedEnergy? Energy { get; private init; }

    public ArrivedCount? Good { get; private init; }

    public ArrivedCount? Scrap { get; private init; }

    public static ArrivedRecord Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        var json = document.RootElement;
        var name = new WindowName(json.GetProperty("unit").GetString()!, json.GetProperty("kind").GetString()!, Micros(json, "start"));
        var revision = json.GetProperty("rev");
        return new ArrivedRecord(name, Micros(json, "end"), (revision[0].GetInt64(), revision[1].GetInt64()), text)
        {
            Void = json.GetProperty("void").GetBoolean(),
            Flags = [.. json.GetProperty("flags").EnumerateArray().Select(f => f.GetString()!)],
            Energy = json.TryGetProperty("electricity", out var energy) ? ArrivedEnergy.Read(energy) : null,
            Good = json.TryGetProperty("good", out var good) ? ArrivedCount.Read(good) : null,
            Scrap = json.TryGetProperty("scrap", out var scrap) ? ArrivedCount.Read(scrap) : null,
        };
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name.Unit} {Name.Kind} {DateTimeOffset.UnixEpoch.AddMicroseconds(Start):HH:mm:ss} r{Revision.Seq} {Energy?.Basis} {string.Join(' ', Flags)}");

    private static long Micros(JsonElement json, string name) => (json.GetProperty(name).GetDateTimeOffset() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}

/// <summary>Electricity of a window: amount, error and the totals of its meter at both edges, in 1/65 536 step.</summary>
internal sealed record ArrivedEnergy(double Kwh, double? Bound, string Basis, long T0, long T1, int Inputs)
{
    public static ArrivedEnergy Read(JsonElement json)
    {
        var inputs = json.GetProperty("inputs");
        return new ArrivedEnergy(
            json.GetProperty("kWh").GetDouble(), json.GetProperty("bound") is { ValueKind: JsonValueKind.Number } bound ? bound.GetDouble() : null, json.GetProperty("basis").GetString()!,
            long.Parse(inputs[0].GetProperty("t0").GetString()!, CultureInfo.InvariantCulture), long.Parse(inputs[inputs.GetArrayLength() - 1].GetProperty("t1").GetString()!, CultureInfo.InvariantCulture), inputs.GetArrayLength());
    }
}

/// <summary>Pieces of a window.</summary>
internal sealed record ArrivedCount(double Pieces, double? Bound, string Basis)
{
    public static ArrivedCount Read(JsonElement json) =>
        new(json.GetProperty("n").GetDouble(), json.GetProperty("bound") is { ValueKind: JsonValueKind.Number } bound ? bound.GetDouble() : null, json.GetProperty("basis").GetString()!);
}
