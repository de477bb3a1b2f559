using EdgeGateway.Peers;
using EdgeGateway.Publishers.Mqtt.Payloads;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Mqtt.Tests;

/// <summary>The JSON Schemas of the payloads judged by ajv, on what the code renders.</summary>
public sealed class SchemaTests
{
    [Fact]
    public async Task What_is_rendered_is_what_the_schemas_describe()
    {
        var mixed = Plant.Record();
        mixed.Flags |= WindowFlags.Gap | WindowFlags.ClockUnverified | WindowFlags.Void;
        var gas = Plant.Input(Plant.Energy, InputRole.Purchased, 0, 65_536 * 7, long.MaxValue);
        (gas.Carrier, gas.Unit, gas.Basis, gas.Sign) = (Carrier.NaturalGas, UnitOfMeasure.CubicMetre, Basis.LowerBound, -1);
        mixed.Add(gas);
        mixed.Add(new WindowGauge { Point = 999, CoveredMicros = 0 });
        mixed.Add(new Figure { Id = FigureId.CoalEquivalent, Reason = FigureReason.NoData });
        await JudgedAsync("record", true, Rendered.Record(Plant.Record()), Rendered.Record(mixed));
        await JudgedAsync("telemetry", true, Rendered.Telemetry(Plant.MeterSamples())[0]);
        await JudgedAsync("event", true, Rendered.Json(w => EventJson.Write(w, 12, Plant.Reset(), Plant.Gateway)));
        await JudgedAsync("status", true, Rendered.Json(w => StatusJson.WriteOnline(w, Plant.Gateway, Plant.Start)), Rendered.Json(w => StatusJson.WriteLost(w, Plant.Gateway)),
            Rendered.Json(w => StatusJson.WriteStopped(w, Plant.Gateway, Plant.Start + UtcMicros.PerMinute)));
    }

    [Fact]
    public async Task What_is_no_payload_is_refused() => await JudgedAsync("record", false, Rendered.Record(Plant.Record()).Replace("\"rev\":[1795478400,4711]", "\"rev\":[1795478400]"), "{}");

    private static async Task JudgedAsync(string schema, bool ok, params string[] payloads) =>
        Assert.All(await SchemaJudge.JudgedAsync(schema, payloads), line => Assert.StartsWith(ok ? "ok " : "no ", line, StringComparison.Ordinal));
}
