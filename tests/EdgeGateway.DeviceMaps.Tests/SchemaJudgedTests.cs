using System.Diagnostics;
using EdgeGateway.DeviceMaps.Schema;

namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>The schemas judged by ajv, with YAML read by another parser: it accepts every valid map, and refuses what an editor can see. Needs node and `npm ci` in the folder ajv (test.sh does it).</summary>
public sealed class SchemaJudgedTests
{
    // Faults that need no second place of the map to be seen.
    private static readonly string[] Seen =
    [
        "bad_unknown_section", "bad_gateway_missing", "bad_gateway_values", "bad_connection_types", "bad_device_options", "bad_point_kinds", "bad_gaps", "bad_publishers", "bad_root_is_list",
        "bad_root_is_text", "bad_include_form", "bad_drop_without_overlay", "bad_names", "bad_nothing_written", "bad_sections_are_texts", "bad_unit_references",
    ];

    [Fact]
    public async Task Maps_of_the_testcases()
    {
        var schema = Written("test.schema.json", MapSchema.Json(SchemaKind.Map, TestSchemas.Drivers, TestSchemas.Publishers));
        var root = Path.Combine(AppContext.BaseDirectory, "testcases");
        var all = Directory.GetDirectories(root).Select(d => Path.GetFileName(d)!).Where(d => d.StartsWith("good", StringComparison.Ordinal) || Seen.Contains(d)).ToList();
        Assert.Equal(Seen.Length, all.Count(d => d.StartsWith("bad", StringComparison.Ordinal)));
        var verdicts = await Judge(schema, all.Select(d => Path.Combine(root, d, "map.yaml")));
        Assert.Equal([], verdicts.Where(v => v.Ok == Path.GetFileName(Path.GetDirectoryName(v.File))!.StartsWith("bad", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Shipped_maps_and_templates()
    {
        var maps = Directory.GetFiles(RepositoryFolder.PathOf("configs/samples"), "*.yaml").Append(RepositoryFolder.PathOf("configs/demo/plant.yaml"));
        Assert.Equal([], (await Judge(RepositoryFolder.PathOf("configs/schema/map.schema.json"), maps)).Where(v => !v.Ok));
        var templates = Directory.GetFiles(RepositoryFolder.PathOf("configs/devices"), "*.yaml", SearchOption.AllDirectories);
        Assert.Equal([], (await Judge(RepositoryFolder.PathOf("configs/schema/template.schema.json"), templates)).Where(v => !v.Ok));
        var part = Written("part.yaml", "devices: {m: {points: {p: drop}}}\nunits: {line: drop}\n");
        Assert.True(Assert.Single(await Judge(RepositoryFolder.PathOf("configs/schema/part.schema.json"), [part])).Ok);
        Assert.False(Assert.Single(await Judge(RepositoryFolder.PathOf("configs/schema/part.schema.json"), templates.Take(1))).Ok);
    }

    private static string Written(string name, string text)
    {
        var path = Path.Combine(AppContext.BaseDirectory, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<IReadOnlyList<(string File, bool Ok, string Reason)>> Judge(string schema, IEnumerable<string> files)
    {
        var start = new ProcessStartInfo("node") { WorkingDirectory = RepositoryFolder.PathOf("tests/EdgeGateway.DeviceMaps.Tests/ajv"), RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in files.Prepend(schema).Prepend("check.mjs")) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        Assert.Equal(files.Count(), lines.Length);
        return [.. lines.Select(l => l.Split(' ', 3)).Select(w => (w[1], w[0] == "ok", w.Length > 2 ? w[2] : ""))];
    }
}
