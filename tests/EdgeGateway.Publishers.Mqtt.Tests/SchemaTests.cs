using EdgeGateway.Peers;
using EdgeGateway.Publishers.Mqtt.Payloads;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Mqtt.Tests;

/// <summary>The JSON Schemas of the payloads judged by ajv, on what the code renders. Needs node and `npm ci` in the folder ajv (test.sh does it).</summary>
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

    private static async Task JudgedAsync(string schema, bool ok, params string[] payloads)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "EdgeGateway.sln"))) root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("The repository is not found.");
        var folder = Directory.CreateTempSubdirectory("payloads-");
        var files = payloads.Select((p, i) =>
        {
            var file = Path.Combine(folder.FullName, i + ".json");
            File.WriteAllText(file, p);
            return file;
        }).ToArray();
        await using var judge = PeerProcess.Start("node", ["check.mjs", Path.Combine(root, "docs", "payloads", schema + ".schema.json"), .. files], directory: Path.Combine(root, "tests", "EdgeGateway.DeviceMaps.Tests", "ajv"));
        await judge.WaitForExitAsync(TestContext.Current.CancellationToken);
        await Until.TrueAsync(() => judge.Lines.Count >= files.Length, "a judgement of every payload");
        Assert.All(judge.Lines, line => Assert.StartsWith(ok ? "ok " : "no ", line, StringComparison.Ordinal));
        folder.Delete(recursive: true);
    }
}
