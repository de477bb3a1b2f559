using System.Buffers;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Records.Windows;

/// <summary>Durable form of a <see cref="WindowRecord"/>. The first byte is the version: 2, or 3 where a segment names its product; version 1, which knows no reference sets, is read too.</summary>
/// <remarks>What says no product is written as before, so that the program before this one reads it.</remarks>
public static class WindowRecordCodec
{
    /// <summary>The highest version this class writes.</summary>
    public const byte Version = 3;

    private const byte WithoutProducts = 2, WithoutSets = 1, HasBatch = 1, HasProduct = 2;

    /// <summary>Appends <paramref name="record"/> to <paramref name="output"/>; allocates nothing.</summary>
    public static void Encode(WindowRecord record, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(record);
        var w = new ByteWriter(output);
        w.Byte(SaysProducts(record) ? Version : WithoutProducts);
        w.Signed(record.Unit);
        w.Byte(record.Kind.Code);
        w.Text(record.WindowId);
        w.Signed(record.Start);
        w.Signed(record.End - record.Start);
        w.Signed(record.Revision.Epoch);
        w.Signed(record.Revision.Seq);
        w.Signed(record.CoveredMicros);
        w.Unsigned((uint)record.Flags);
        w.Unsigned((ulong)record.Segments.Length);
        foreach (ref readonly var segment in record.Segments) Write(w, record, segment);
        w.Unsigned((ulong)record.Figures.Length);
        foreach (ref readonly var figure in record.Figures)
        {
            w.Unsigned((ushort)figure.Id);
            w.Byte(figure.Value is null ? (byte)0 : (byte)1);
            if (figure.Value is { } value) Write(w, value);
            w.Byte((byte)figure.Reason);
            w.Byte((byte)figure.Basis);
        }
        w.Text(record.Coefficients);
        w.Text(record.Factors);
        w.Text(record.Footprint);
    }

    /// <summary>Reads a record into <paramref name="record"/>, which is cleared first.</summary>
    /// <returns>False where the version is unknown or the body is damaged; the record's content is then undefined.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> body, WindowRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        // Records of one plant name the same sets: read into one record, they share their names.
        var (coefficients, factors, footprint) = (record.Coefficients, record.Factors, record.Footprint);
        record.Clear();
        var r = new ByteReader(body);
        var version = r.Byte();
        if (version is 0 or > Version) return false;
        record.Unit = r.Int32();
        record.Kind = new WindowKind(r.Byte());
        record.WindowId = r.Text();
        record.Start = r.Signed();
        record.End = record.Start + r.Signed();
        record.Revision = new Revision(r.Signed(), r.Signed());
        record.CoveredMicros = r.Signed();
        record.Flags = (WindowFlags)(uint)r.Unsigned(uint.MaxValue);
        var segments = r.Count(10);
        for (var i = 0; i < segments && !r.Failed; i++)
        {
            if (!ReadSegment(ref r, record, version > WithoutProducts ? HasBatch | HasProduct : HasBatch)) return false;
        }
        var figures = r.Count(4);
        for (var i = 0; i < figures && !r.Failed; i++)
        {
            record.Add(new Figure
            {
                Id = (FigureId)(ushort)r.Unsigned(ushort.MaxValue),
                Value = r.Byte() != 0 ? ReadDecimal(ref r) : null,
                Reason = (FigureReason)r.Byte(),
                Basis = (Basis)r.Byte(),
            });
        }
        if (version != WithoutSets) (record.Coefficients, record.Factors, record.Footprint) = (r.Text(coefficients), r.Text(factors), r.Text(footprint));
        return r.AtEnd;
    }

    private static bool SaysProducts(WindowRecord record)
    {
        foreach (ref readonly var segment in record.Segments)
        {
            if (segment.Product is not null) return true;
        }
        return false;
    }

    private static void Write(ByteWriter w, WindowRecord record, in Segment segment)
    {
        w.Signed(segment.Start);
        w.Signed(segment.End - segment.Start);
        w.Byte((byte)segment.Cut);
        w.Byte((byte)((segment.Batch is null ? 0 : HasBatch) | (segment.Product is null ? 0 : HasProduct)));
        if (segment.Batch is not null) w.Text(segment.Batch);
        if (segment.Product is not null) w.Text(segment.Product);
        Write(w, segment.StateMicros);
        var inputs = record.InputsOf(segment);
        w.Unsigned((ulong)inputs.Length);
        foreach (ref readonly var input in inputs)
        {
            w.Signed(input.Point);
            w.Signed(input.RegisterEpoch);
            w.Byte((byte)input.Role);
            w.Byte((byte)input.Carrier);
            w.Byte((byte)input.Unit);
            w.Byte((byte)input.Sign);
            w.Signed(input.T0);
            w.Signed(input.T1 - input.T0);
            Write(w, input.Step);
            Write(w, input.Ratio);
            w.Byte((byte)input.Basis);
            w.Unsigned((ushort)input.Flags);
            w.Signed(input.Bound);
            Write(w, input.ByState);
        }
        var gauges = record.GaugesOf(segment);
        w.Unsigned((ulong)gauges.Length);
        foreach (ref readonly var gauge in gauges)
        {
            w.Signed(gauge.Point);
            w.Double(gauge.Integral);
            w.Signed(gauge.CoveredMicros);
            w.Double(gauge.Min);
            w.Double(gauge.Max);
            w.Double(gauge.Last);
        }
    }

    private static bool ReadSegment(ref ByteReader r, WindowRecord record, int known)
    {
        var start = r.Signed();
        var end = start + r.Signed();
        var cut = (SegmentCut)r.Byte();
        var has = r.Byte();
        if ((has & ~known) != 0) return false;
        var batch = (has & HasBatch) != 0 ? r.Text() : null;
        var product = (has & HasProduct) != 0 ? r.Text() : null;
        record.BeginSegment(start, end, cut, batch, ReadByState(ref r), product);
        var inputs = r.Count(16);
        for (var i = 0; i < inputs && !r.Failed; i++)
        {
            var input = new WindowInput
            {
                Point = r.Int32(),
                RegisterEpoch = r.Int32(),
                Role = (InputRole)r.Byte(),
                Carrier = (Carrier)r.Byte(),
                Unit = (UnitOfMeasure)r.Byte(),
                Sign = (sbyte)r.Byte(),
                T0 = r.Signed(),
            };
            input.T1 = input.T0 + r.Signed();
            input.Step = ReadDecimal(ref r);
            input.Ratio = ReadDecimal(ref r);
            input.Basis = (Basis)r.Byte();
            input.Flags = (WindowFlags)(ushort)r.Unsigned(ushort.MaxValue);
            input.Bound = r.Signed();
            input.ByState = ReadByState(ref r);
            record.Add(input);
        }
        var gauges = r.Count(34);
        for (var i = 0; i < gauges && !r.Failed; i++)
        {
            record.Add(new WindowGauge
            {
                Point = r.Int32(),
                Integral = r.Double(),
                CoveredMicros = r.Signed(),
                Min = r.Double(),
                Max = r.Double(),
                Last = r.Double(),
            });
        }
        return true;
    }

    private static void Write(ByteWriter w, in ByState values)
    {
        for (var i = 0; i < 4; i++) w.Signed(values[i]);
    }

    private static ByState ReadByState(ref ByteReader r)
    {
        var values = default(ByState);
        for (var i = 0; i < 4; i++) values[i] = r.Signed();
        return values;
    }

    private static void Write(ByteWriter w, ExactDecimal value)
    {
        w.Signed(value.Mantissa);
        w.Byte((byte)value.Exponent);
    }

    private static ExactDecimal ReadDecimal(ref ByteReader r) => new(r.Signed(), r.SByte(-ExactDecimal.MinExponent));
}
