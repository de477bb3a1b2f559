namespace EdgeGateway.Peers;

/// <summary>ajv, judging payloads by the JSON Schemas of docs/payloads. Needs node and `npm ci` in tests/EdgeGateway.DeviceMaps.Tests/ajv (test.sh does it).</summary>
public static class SchemaJudge
{
    /// <summary>Fails unless every payload is what the schema describes.</summary>
    public static async Task AcceptsAsync(string schema, IReadOnlyList<string> payloads)
    {
        foreach (var line in await JudgedAsync(schema, payloads))
        {
            if (!line.StartsWith("ok ", StringComparison.Ordinal)) throw new InvalidOperationException($"{schema}.schema.json: {line}");
        }
    }

    /// <summary>A line for each payload: <c>ok …</c> or <c>no … reason</c>.</summary>
    public static async Task<IReadOnlyList<string>> JudgedAsync(string schema, IReadOnlyList<string> payloads)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "EdgeGateway.sln"))) root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("The repository is not found.");
        var folder = Directory.CreateTempSubdirectory("payloads-");
        var files = payloads.Select((payload, i) =>
        {
            var file = Path.Combine(folder.FullName, i + ".json");
            File.WriteAllText(file, payload);
            return file;
        }).ToArray();
        await using var judge = PeerProcess.Start("node", ["check.mjs", Path.Combine(root, "docs", "payloads", schema + ".schema.json"), .. files], directory: Path.Combine(root, "tests", "EdgeGateway.DeviceMaps.Tests", "ajv"));
        await Until.TrueAsync(() => judge.Lines.Count >= files.Length || judge.HasExited, "a judgement of every payload");
        await judge.WaitForExitAsync();
        if (judge.ExitCode != 0) throw new InvalidOperationException("ajv cannot judge: " + judge.Output);
        await Until.TrueAsync(() => judge.Lines.Count >= files.Length, "a judgement of every payload: " + judge.Output);
        folder.Delete(recursive: true);
        return [.. judge.Lines];
    }
}
