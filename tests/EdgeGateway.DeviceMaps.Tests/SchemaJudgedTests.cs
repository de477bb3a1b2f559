using System.Diagnostics;
using EdgeGateway.DeviceMaps.Schema;

namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>The schemas judged by ajv, with YAML read by another parser: it accepts every valid map, and refuses what an editor can see. Needs node and `npm ci` in the folder ajv (test.sh does it).</summary>
public sealed class SchemaJudgedTests
{
    // Faults that need no second place of the map to be seen. What is no YAML at all is seen by every editor.
    private static readonly string[] Seen =
    [
        "bad_alias", "bad_bomb", "bad_calendar", "bad_connection_types", "bad_connection_unknown_many", "bad_control_character", "bad_counter_rating_faulty_once",
        "bad_counter_ratings", "bad_counter_room", "bad_device_options", "bad_drop_without_overlay", "bad_empty", "bad_epochs", "bad_full_width_colon", "bad_gaps",
        "bad_gateway_missing", "bad_gateway_values", "bad_include_form", "bad_key_is_list", "bad_long_value", "bad_metering", "bad_metering_base_long", "bad_names",
        "bad_newline_in_value", "bad_nothing_written", "bad_only_comments", "bad_products", "bad_publishers", "bad_root_is_list", "bad_root_is_text", "bad_runs_on",
        "bad_secret_in_measured", "bad_sections_are_texts", "bad_template_use", "bad_too_deep", "bad_unit_references", "bad_unknown_section", "bad_writable", "real_chinese",
        "real_enterprise_letters", "real_first_steps", "real_lines", "real_opc_ua", "real_publish", "real_registers",
    ];

    [Fact]
    public async Task Maps_of_the_testcases()
    {
        var root = Path.Combine(AppContext.BaseDirectory, "testcases");
        var folders = Directory.GetDirectories(root).Where(d => File.Exists(Path.Combine(d, "map.yaml"))).ToList();
        var verdicts = new List<(string Name, string Word)>();
        foreach (var real in new[] { false, true })
        {
            var schema = real ? RepositoryFolder.PathOf("configs/schema/map.schema.json") : Written("test.schema.json", MapSchema.Json(SchemaKind.Map, TestSchemas.Drivers, TestSchemas.Publishers));
            var maps = folders.Where(d => Path.GetFileName(d).StartsWith("real_", StringComparison.Ordinal) == real).Select(d => Path.Combine(d, "map.yaml"));
            verdicts.AddRange((await Judge(schema, maps)).Select(v => (Path.GetFileName(Path.GetDirectoryName(v.File))!, v.Word)));
        }
        Assert.True(verdicts.Count > 90);
        Assert.Equal([], verdicts.Where(v => v.Word != "ok" && !File.Exists(Path.Combine(root, v.Name, "faults.txt"))));
        Assert.Equal(Seen, verdicts.Where(v => v.Word == "no").Select(v => v.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Shipped_maps_and_templates()
    {
        var maps = Directory.GetFiles(RepositoryFolder.PathOf("configs/samples"), "*.yaml").Append(RepositoryFolder.PathOf("configs/demo/plant.yaml"));
        Assert.Equal([], (await Judge(RepositoryFolder.PathOf("configs/schema/map.schema.json"), maps)).Where(v => v.Word != "ok"));
        var templates = Directory.GetFiles(RepositoryFolder.PathOf("configs/devices"), "*.yaml", SearchOption.AllDirectories);
        Assert.Equal([], (await Judge(RepositoryFolder.PathOf("configs/schema/template.schema.json"), templates)).Where(v => v.Word != "ok"));
        var part = Written("part.yaml", "devices: {m: {points: {p: drop}}}\nunits: {line: drop}\n");
        Assert.Equal("ok", Assert.Single(await Judge(RepositoryFolder.PathOf("configs/schema/part.schema.json"), [part])).Word);
        Assert.Equal("no", Assert.Single(await Judge(RepositoryFolder.PathOf("configs/schema/part.schema.json"), templates.Take(1))).Word);
    }

    private static string Written(string name, string text)
    {
        var path = Path.Combine(AppContext.BaseDirectory, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<IReadOnlyList<(string File, string Word, string Reason)>> Judge(string schema, IEnumerable<string> files)
    {
        var start = new ProcessStartInfo("node") { WorkingDirectory = RepositoryFolder.PathOf("tests/EdgeGateway.DeviceMaps.Tests/ajv"), RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in files.Prepend(schema).Prepend("check.mjs")) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        Assert.Equal(files.Count(), lines.Length);
        return [.. lines.Select(l => l.Split(' ', 3)).Select(w => (w[1], w[0], w.Length > 2 ? w[2] : ""))];
    }
}
