using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Publishing.Choosing;

/// <summary>Options that every publisher has: what of the data it carries. Described once.</summary>
public static class ChoiceOptions
{
    private static readonly (string Word, RecordStream Value)[] StreamWords = [("records", RecordStream.Records), ("telemetry", RecordStream.Telemetry), ("events", RecordStream.Events)];

    /// <summary>Where a publisher that is new to the store begins.</summary>
    public static Option<bool> FromOldest { get; } = OptionOf.Choice("start",
        "Where a publisher that is new to the store begins: with what is measured from now on, or with the oldest data kept.", [("now", false), ("oldest", true)], @default: "now");

    /// <summary>Streams.</summary>
    public static Option<ImmutableArray<RecordStream>> Streams { get; } = new("streams", "list of records, telemetry, events", ReadStreams,
        "What is published: window records, samples (telemetry), events.", defaultText: "[records, telemetry, events]", defaultValue: ImmutableArray.Create(RecordStream.Records, RecordStream.Telemetry, RecordStream.Events),
        shape: new(ValueKind.Texts));

    /// <summary>Which samples.</summary>
    public static Option<TelemetryMode> Telemetry { get; } = new("telemetry", "one of on_change | all | off", ReadTelemetry,
        "Which samples are published: those that say something new (see deadband and max_silence), all, or none.", defaultText: "on_change", defaultValue: TelemetryMode.OnChange, choices: ["on_change", "all", "off", "true", "false"]);

    /// <summary>Kinds of window.</summary>
    public static Option<ImmutableArray<WindowKind>> Windows { get; } = new("windows", "list of window kinds", ReadWindows,
        "Kinds of window whose records are published, such as [1m, 15m]. Default: all from 15m up.", shape: new(ValueKind.Texts));

    /// <summary>Units.</summary>
    public static Option<IReadOnlyList<string>> Units { get; } = OptionOf.Texts("units", "Units whose records are published; * stands for any characters, as in line-*. Default: all.", check: NotEmpty);

    /// <summary>Points.</summary>
    public static Option<IReadOnlyList<string>> Points { get; } = OptionOf.Texts("points", "Points whose samples are published, written device.point; * stands for any characters, as in press-*.power. Default: all.", check: NotEmpty);

    /// <summary>How far a gauge must move.</summary>
    public static Option<Deadband> Deadband { get; } = new("deadband", "number, or number with %", ReadDeadband,
        "How far a gauge must move from what was sent last to be sent again, with telemetry on_change: so much of its own unit, or a share of the value. Counters, states and texts are sent at any change. Default: at any change.", shape: new(ValueKind.Text));

    /// <summary>Longest silence.</summary>
    public static Option<TimeSpan> MaxSilence { get; } = OptionOf.Duration("max_silence",
        "With telemetry on_change, a point that says nothing new is sent all the same after so long.", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), @default: "5min");

    /// <summary>How long samples are collected.</summary>
    public static Option<TimeSpan> Collect { get; } = OptionOf.Duration("collect",
        "Samples are collected for so long and sent together: fewer and longer messages on a metered line. Default: samples leave within a quarter of a second of being read, before they are stored.", TimeSpan.Zero, TimeSpan.FromHours(1), @default: "0s");

    /// <summary>Other names.</summary>
    public static Option<ImmutableDictionary<string, string>> Rename { get; } = new("rename", "table of device.point or unit: name", RenameReader.Read,
        "Other names at this target: of a point, written device.point, and of a unit. Topics, tags and payloads use them.", shape: new(ValueKind.Table));

    /// <summary>Units of measure.</summary>
    public static Option<ImmutableArray<UnitOfMeasure>> Measures { get; } = new("measures", "list of units of measure", ReadMeasures,
        "Units of measure that samples are stated in, one a dimension, such as [W, MWh]. Default: each point's own.", shape: new(ValueKind.Texts));

    /// <summary>Megabytes a day.</summary>
    public static Option<long> Budget { get; } = OptionOf.Integer("budget", "What may be sent a day; plan says how much to expect, and warns where it is more.", 1, 1_000_000, unit: "MB");

    /// <summary>All of them, to be joined with a publisher's own.</summary>
    public static IReadOnlyList<Option> All { get; } = [FromOldest, Streams, Telemetry, Windows, Units, Points, Deadband, MaxSilence, Collect, Rename, Measures, Budget];

    /// <summary>What one option alone cannot know.</summary>
    public static void Check(OptionValues values, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(faults);
        if (values.GetOr(Telemetry, TelemetryMode.OnChange) != TelemetryMode.OnChange)
        {
            foreach (var option in (Option[])[Deadband, MaxSilence])
            {
                if (values.Has(option)) faults.Add(values.MarkOf(option), $"{option.Key}: only with telemetry: on_change.");
            }
        }
    }

    private static string? NotEmpty(string value) => value.Length == 0 ? "must not be empty." : null;

    private static (bool, ImmutableArray<RecordStream>) ReadStreams(MapNode node, FaultList faults) =>
        WordList.Read<RecordStream>(node, faults, "streams", "a list such as [records, events]", word => StreamWords.FirstOrDefault(s => s.Word == word) is { Word: not null } found ? found.Value : null, StreamWords.Select(s => s.Word));

    private static (bool, ImmutableArray<WindowKind>) ReadWindows(MapNode node, FaultList faults) =>
        WordList.Read<WindowKind>(node, faults, "windows", "a list such as [1m, 15m, 1h, 1d]", word => WindowKind.TryParse(word, out var kind) ? kind : (WindowKind?)null, []);

    private static (bool, ImmutableArray<UnitOfMeasure>) ReadMeasures(MapNode node, FaultList faults)
    {
        var (ok, units) = WordList.Read<UnitOfMeasure>(node, faults, "measures", "a list such as [W, MWh]", word => UnitsOfMeasure.TryParse(word, out var unit) ? unit : (UnitOfMeasure?)null, UnitsOfMeasure.Symbols);
        if (!ok) return (false, units);
        foreach (var twice in units.GroupBy(u => u.Measures()).Where(g => g.Count() > 1))
        {
            faults.Add(node.Mark, $"measures: {string.Join(" and ", twice.Select(u => u.Symbol()))} measure the same; keep one.");
            ok = false;
        }
        return (ok, units);
    }

    private static (bool, TelemetryMode) ReadTelemetry(MapNode node, FaultList faults)
    {
        // Editors like to turn off and on into false and true.
        TelemetryMode? mode = (node as MapText)?.Value switch { "on_change" or "true" => TelemetryMode.OnChange, "all" => TelemetryMode.All, "off" or "false" => TelemetryMode.Off, _ => null };
        if (mode is { } found) return (true, found);
        if (node is not MapRefused) faults.Add(node.Mark, $"telemetry: expected on_change, all or off{(node is MapText text && Spelling.Hint(text.Value, ["on_change", "all", "off"]) is { Length: > 0 } hint ? hint : ".")}");
        return (false, default);
    }

    private static (bool, Deadband) ReadDeadband(MapNode node, FaultList faults)
    {
        if (node is MapText text && Choosing.Deadband.TryParse(text.Value, out var band)) return (true, band);
        if (node is not MapRefused) faults.Add(node.Mark, "deadband: expected a number in the point's own unit, such as 0.5, or a share such as 2%.");
        return (false, default);
    }
}
