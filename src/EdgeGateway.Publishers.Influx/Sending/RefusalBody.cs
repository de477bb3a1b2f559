using System.Globalization;
using System.Text.Json;

namespace EdgeGateway.Publishers.Influx.Sending;

/// <summary>Reads what the versions say of a refused write.</summary>
/// <remarks>
/// <para>1.x: <c>{"error":"partial write: field type conflict: … dropped=3"}</c>. 2.x: <c>{"code":"invalid","message":"unable to parse …"}</c>, or code <c>unprocessable entity</c> with the words of 1.x.
/// 3.x: <c>{"error":"partial write of line protocol occurred","data":[{"original_line":"…","line_number":2,"error_message":"…"}]}</c>, lines counted from 1.</para>
/// <para>Source: InfluxDB API references, "Write data". The body is foreign: whatever it holds, the outcome is words or null.</para>
/// </remarks>
internal static class RefusalBody
{
    private const int MostWords = 400;

    // 3.x names no more lines than this; there may be more.
    private const int MostLines = 100;

    /// <summary>What the body says; null where it is not a database's.</summary>
    public static WriteAnswer? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return null;
            var words = Text(root, "error") ?? Text(root, "message");
            if (words is null) return null;
            var answer = new WriteAnswer(WriteVerdict.Refused, Cut(words)) { Dropped = DroppedOf(words) };
            return root.TryGetProperty("data", out var data) && LinesOf(data) is { } lines ? answer with { Lines = lines } : answer;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary><c>…dropped=3</c>, where 1.x and 2.x say it.</summary>
    private static int DroppedOf(string words)
    {
        const string mark = "dropped=";
        var at = words.LastIndexOf(mark, StringComparison.Ordinal);
        if (at < 0) return -1;
        var digits = words.AsSpan(at + mark.Length);
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : -1;
    }

    private static List<(int, string)>? LinesOf(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Array || data.GetArrayLength() is 0 or >= MostLines) return null;
        var lines = new List<(int, string)>();
        foreach (var item in data.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("line_number", out var number) || number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out var line) || line < 1) return null;
            lines.Add((line - 1, Cut(Text(item, "error_message") ?? "refused")));
        }
        return lines;
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Cut(string words) => words.Length <= MostWords ? words : words[..MostWords] + "…";
}
