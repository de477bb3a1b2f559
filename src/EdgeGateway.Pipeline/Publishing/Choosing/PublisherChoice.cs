using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Publishing.Choosing;

/// <summary>What of the data a publisher carries. Immutable.</summary>
public sealed record PublisherChoice
{
    /// <summary>Streams it carries, in the order in which they are served.</summary>
    public ImmutableArray<RecordStream> Streams { get; init; } = [RecordStream.Records, RecordStream.Telemetry, RecordStream.Events];

    /// <summary>Whether it begins with the oldest data kept where it is new to the store, or with what comes from now on.</summary>
    public bool FromOldest { get; init; }

    /// <summary>Which samples.</summary>
    public TelemetryMode Telemetry { get; init; } = TelemetryMode.OnChange;

    /// <summary>Kinds of window; empty for all from 15m up.</summary>
    public ImmutableArray<WindowKind> Windows { get; init; } = [];

    /// <summary>Units whose records it carries; empty for all.</summary>
    public ImmutableArray<NamePattern> Units { get; init; } = [];

    /// <summary>Points whose samples it carries, by path; empty for all.</summary>
    public ImmutableArray<NamePattern> Points { get; init; } = [];

    /// <summary>How far a gauge must move.</summary>
    public Deadband Deadband { get; init; }

    /// <summary>A point that says nothing new is sent all the same after so long.</summary>
    public TimeSpan MaxSilence { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long samples are collected before they are sent.</summary>
    public TimeSpan Collect { get; init; }

    /// <summary>Whether samples leave at once, before they are durable: where nobody wants them collected.</summary>
    public bool IsTapped => Collect == TimeSpan.Zero && Streams.Contains(RecordStream.Telemetry);

    /// <summary>How long samples wait for others that go with them: as they are collected, and of a tap so short that they are at the target within 250 ms.</summary>
    public TimeSpan Together => IsTapped ? TapPeriod : Collect;

    /// <summary>Other names of points and units, by path.</summary>
    public ImmutableDictionary<string, string> Names { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Units of measure that samples are stated in, one a dimension.</summary>
    public ImmutableArray<UnitOfMeasure> Measures { get; init; } = [];

    /// <summary>Bytes a day it may send, or 0 where nobody said.</summary>
    public long BytesPerDay { get; init; }

    /// <summary>Samples that come within it share a message; what is left of 250 ms is for the line and the target.</summary>
    public static readonly TimeSpan TapPeriod = TimeSpan.FromMilliseconds(200);

    /// <summary>The choice that a map makes.</summary>
    public static PublisherChoice Of(OptionValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var telemetry = values.Get(ChoiceOptions.Telemetry);
        var streams = values.Get(ChoiceOptions.Streams);
        return new PublisherChoice
        {
            Streams = [.. streams.Order().Where(s => s != RecordStream.Telemetry || telemetry != TelemetryMode.Off)],
            FromOldest = values.Get(ChoiceOptions.FromOldest),
            Telemetry = telemetry,
            Windows = values.GetOr(ChoiceOptions.Windows, []),
            Units = Patterns(values, ChoiceOptions.Units),
            Points = Patterns(values, ChoiceOptions.Points),
            Deadband = values.GetOr(ChoiceOptions.Deadband, default),
            MaxSilence = values.Get(ChoiceOptions.MaxSilence),
            Collect = values.Get(ChoiceOptions.Collect),
            Names = values.GetOr(ChoiceOptions.Rename, ImmutableDictionary<string, string>.Empty),
            Measures = values.GetOr(ChoiceOptions.Measures, []),
            BytesPerDay = values.Has(ChoiceOptions.Budget) ? values.Get(ChoiceOptions.Budget) * 1_000_000 : 0,
        };
    }

    /// <summary>True for records of this kind. Whoever carries windows carries what adjusts closed ones.</summary>
    public bool Wants(WindowKind kind) => kind == WindowKind.Adjustment || (Windows.IsEmpty ? kind.FixedMicros is 0 or >= 15 * Records.Time.UtcMicros.PerMinute : Windows.Contains(kind));

    /// <summary>True for records of this unit.</summary>
    public bool WantsUnit(string unit) => Wanted(Units, unit);

    /// <summary>True for samples of this point.</summary>
    public bool WantsPoint(string path) => Wanted(Points, path);

    private static bool Wanted(ImmutableArray<NamePattern> patterns, string name)
    {
        if (patterns.IsEmpty) return true;
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(name)) return true;
        }
        return false;
    }

    private static ImmutableArray<NamePattern> Patterns(OptionValues values, Option<IReadOnlyList<string>> option) =>
        values.Has(option) ? [.. values.Get(option).Select(t => new NamePattern(t))] : [];
}
