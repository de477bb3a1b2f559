using System.Text.Json;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Mqtt.Payloads;

/// <summary>A window record as JSON, version 1; docs/mqtt.md is its reference. Allocates nothing in steady state.</summary>
/// <remarks>Several segments are summed; exactness lives in the totals of the inputs, which are written as strings.</remarks>
internal static class RecordJson
{
    /// <summary>The member <c>v</c>.</summary>
    public const int Version = 1;

    private static readonly string?[] FlagWords = [.. Enumerable.Range(0, 32).Select(bit => ((WindowFlags)(1u << bit)).Names().FirstOrDefault())];
    private static readonly string[] KindNames = [.. Enumerable.Range(0, 256).Select(code => new WindowKind((byte)code).Name)];

    /// <summary>Renders <paramref name="record"/>.</summary>
    /// <exception cref="PayloadException">It cannot be stated truthfully; the message says why.</exception>
    public static void Write(Utf8JsonWriter w, WindowRecord record, string gateway, string unit, INames names)
    {
        try
        {
            w.WriteStartObject();
            WriteKey(w, record, gateway, unit);
            WriteSets(w, record);
            WriteCarriers(w, record, names);
            WriteCount(w, record, InputRole.Good, "good"u8);
            WriteCount(w, record, InputRole.Scrap, "scrap"u8);
            WriteStates(w, record);
            foreach (ref readonly var figure in record.Figures) WriteFigure(w, figure);
            GaugeJson.Write(w, record, names);
            w.WriteEndObject();
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            throw new PayloadException($"A number of the record cannot be stated: {e.Message}", e);
        }
    }

    private static void WriteKey(Utf8JsonWriter w, WindowRecord record, string gateway, string unit)
    {
        w.WriteNumber("v"u8, Version);
        w.WriteString("gateway"u8, gateway);
        w.WriteString("unit"u8, unit);
        w.WriteString("kind"u8, KindNames[record.Kind.Code]);
        w.WriteString("id"u8, record.WindowId);
        WriteTime(w, "start"u8, record.Start);
        WriteTime(w, "end"u8, record.End);
        w.WriteStartArray("rev"u8);
        w.WriteNumberValue(record.Revision.Epoch);
        w.WriteNumberValue(record.Revision.Seq);
        w.WriteEndArray();
        w.WriteBoolean("void"u8, (record.Flags & WindowFlags.Void) != 0);
        w.WriteString("clock"u8, (record.Flags & WindowFlags.ClockUnverified) != 0 ? "unverified"u8 : "verified"u8);
        w.WriteStartArray("flags"u8);
        for (var bit = 0; bit < FlagWords.Length; bit++)
        {
            if (((uint)record.Flags >> bit & 1) != 0 && FlagWords[bit] is { } word) w.WriteStringValue(word);
        }
        w.WriteEndArray();
        // Cut, not rounded: a window that lacks a moment must not read 1.
        var length = record.End - record.Start;
        w.WritePropertyName("coverage"u8);
        DecimalJson.WriteNumber(w, length > 0 ? (Int128)record.CoveredMicros * 1_000_000 / length : 0, -6);
    }

    private static void WriteSets(Utf8JsonWriter w, WindowRecord record)
    {
        if (record.Coefficients.Length > 0) w.WriteString("coefficients"u8, record.Coefficients);
        if (record.Factors.Length > 0) w.WriteString("factors"u8, record.Factors);
        if (record.Footprint.Length > 0) w.WriteString("footprint"u8, record.Footprint);
    }

    /// <summary>Each carrier that has an input, in the order of their numbers.</summary>
    private static void WriteCarriers(Utf8JsonWriter w, WindowRecord record, INames names)
    {
        for (var next = Next(record, Carrier.None); next != Carrier.None; next = Next(record, next)) WriteCarrier(w, record, next, names);
    }

    private static Carrier Next(WindowRecord record, Carrier after)
    {
        var next = Carrier.None;
        foreach (ref readonly var input in record.Inputs)
        {
            if (input.Carrier > after && (next == Carrier.None || input.Carrier < next)) next = input.Carrier;
        }
        return next;
    }

    private static void WriteCarrier(Utf8JsonWriter w, WindowRecord record, Carrier carrier, INames names)
    {
        foreach (ref readonly var input in record.Inputs)
        {
            if (input.Carrier == carrier && !carrier.MayBeCountedIn(input.Unit)) throw new PayloadException($"An input of {carrier.Word()} is measured in '{input.Unit.Symbol()}', which it cannot be.");
        }
        var sum = QuantitySum.Of(record, carrier);
        if (sum.IsMixed) throw new PayloadException($"Inputs of {carrier.Word()} are measured in unlike ways, which cannot be added.");
        w.WriteStartObject(carrier.Word());
        w.WritePropertyName(sum.Dimension.BaseUnit().Symbol());
        DecimalJson.WriteSixPlaces(w, sum.Total);
        WriteBasisAndBound(w, sum);
        w.WriteStartObject("by_state"u8);
        for (var state = 0; state < 4; state++)
        {
            var share = sum.ShareOf(record, carrier, (MachineState)state);
            if (share.Quanta == 0) continue;
            w.WritePropertyName(((MachineState)state).Word());
            DecimalJson.WriteSixPlaces(w, share);
        }
        w.WriteEndObject();
        w.WriteStartArray("inputs"u8);
        foreach (var (input, end) in new InputChains(record, carrier)) WriteInput(w, input, end, names);
        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static void WriteInput(Utf8JsonWriter w, in WindowInput input, long end, INames names)
    {
        w.WriteStartObject();
        PointText.Write(w, names.Point(input.Point));
        w.WriteNumber("sign"u8, input.Sign);
        w.WriteNumber("epoch"u8, input.RegisterEpoch);
        WriteTotal(w, "t0"u8, input.T0);
        WriteTotal(w, "t1"u8, end);
        w.WritePropertyName("step"u8);
        DecimalJson.WriteText(w, input.Step, input.Unit.Symbol());
        w.WritePropertyName("ratio"u8);
        DecimalJson.WriteText(w, input.Ratio);
        w.WriteEndObject();
    }

    private static void WriteCount(Utf8JsonWriter w, WindowRecord record, InputRole role, ReadOnlySpan<byte> name)
    {
        var sum = QuantitySum.Of(record, role);
        if (sum.Count == 0) return;
        w.WriteStartObject(name);
        w.WritePropertyName("n"u8);
        DecimalJson.WriteShort(w, sum.Total);
        WriteBasisAndBound(w, sum);
        w.WriteEndObject();
    }

    private static void WriteBasisAndBound(Utf8JsonWriter w, in QuantitySum sum)
    {
        w.WriteString("basis"u8, sum.Worst.Word());
        w.WritePropertyName("bound"u8);
        if (sum.Bound is { } bound) DecimalJson.WriteBound(w, bound);
        else w.WriteNullValue();
    }

    private static void WriteStates(Utf8JsonWriter w, WindowRecord record)
    {
        var micros = record.StateMicros();
        w.WriteStartObject("state_s"u8);
        for (var state = 0; state < 4; state++)
        {
            w.WritePropertyName(((MachineState)state).Word());
            DecimalJson.WriteNumber(w, micros[state], -6);
        }
        w.WriteEndObject();
    }

    private static void WriteFigure(Utf8JsonWriter w, in Figure figure)
    {
        w.WriteStartObject(figure.Id.Word());
        w.WritePropertyName("value"u8);
        if (figure.Value is { } value) DecimalJson.WriteNumber(w, value.Mantissa, value.Exponent, 6);
        else w.WriteNullValue();
        w.WriteString("reason"u8, figure.Reason.Word());
        w.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter w, ReadOnlySpan<byte> name, long micros)
    {
        Span<byte> text = stackalloc byte[TimeText.MaxLength];
        w.WriteString(name, text[..TimeText.Format(micros, text)]);
    }

    private static void WriteTotal(Utf8JsonWriter w, ReadOnlySpan<byte> name, long total)
    {
        Span<byte> text = stackalloc byte[DecimalText.MaxLength];
        w.WriteString(name, text[..DecimalText.Format(total, 0, 0, text)]);
    }
}
