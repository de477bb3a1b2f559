using System.Globalization;

namespace EdgeGateway.Records.Events;

/// <summary>Words for an <see cref="EventKind"/>.</summary>
public static class EventWords
{
    /// <summary>The word in payloads, API and page: <c>rollover</c>.</summary>
    public static string Word(this EventKind kind) => kind switch
    {
        EventKind.Rollover => "rollover",
        EventKind.Glitch => "glitch",
        EventKind.Reset => "reset",
        EventKind.Discontinuity => "discontinuity",
        EventKind.ZeroedByShift => "zeroed_by_shift",
        EventKind.Suspect => "suspect",
        EventKind.Gap => "gap",
        EventKind.Late => "late",
        EventKind.ResetRetracted => "reset_retracted",
        EventKind.MeterReplaced => "meter_replaced",
        EventKind.WordRefused => "word_refused",
        EventKind.BatchBegan => "batch_began",
        EventKind.BatchEnded => "batch_ended",
        EventKind.RatioCorrected => "ratio_corrected",
        EventKind.PeriodClosed => "period_closed",
        EventKind.RoundsSettled => "rounds_settled",
        EventKind.Started => "started",
        EventKind.ClockStep => "clock_step",
        EventKind.ClockTrusted => "clock_trusted",
        EventKind.ClockDoubted => "clock_doubted",
        EventKind.Shed => "shed",
        EventKind.StoreSetAside => "store_set_aside",
        EventKind.CheckpointSetAside => "checkpoint_set_aside",
        EventKind.OperatorWord => "operator",
        _ => string.Create(CultureInfo.InvariantCulture, $"event_{(ushort)kind}"),
    };
}
