using CsCheck;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Records.Tests;

/// <summary>Generators of what records are made of; extremes are as likely as the rest.</summary>
internal static class Any
{
    public static readonly Gen<long> Long = Gen.OneOf(Gen.Long, Gen.Long[-1000, 1000], From(0L, 1, -1, long.MaxValue, long.MinValue, int.MaxValue, int.MinValue));

    public static readonly Gen<int> Int = Gen.OneOf(Gen.Int, Gen.Int[-1000, 1000], From(0, int.MaxValue, int.MinValue));

    public static readonly Gen<double> Double = Gen.OneOf(Gen.Double, From(0.0, -0.0, double.NaN, double.PositiveInfinity, double.MinValue, double.Epsilon));

    public static readonly Gen<string> Text = Gen.OneOf(Gen.Char["az09é中😀".Where(c => !char.IsSurrogate(c)).ToArray().AsSpan().ToString()].Array[0, 20].Select(c => new string(c)), From("", "😀", "批次-7#2", new string('x', 300)));

    public static readonly Gen<ExactDecimal> Decimal = Gen.Select(Long, Gen.Int[-18, 18]).Select((m, e) => new ExactDecimal(m, (sbyte)e));

    public static readonly Gen<WindowKind> Kind = From(WindowKind.Minute, WindowKind.QuarterHour, WindowKind.Hour, WindowKind.Day, WindowKind.Month, WindowKind.Shift, WindowKind.Batch, WindowKind.OfSeconds(5), WindowKind.OfSeconds(30));

    public static readonly Gen<ByState> ByState = Long.Array[4].Select(v =>
    {
        var states = default(ByState);
        for (var i = 0; i < 4; i++) states[i] = v[i];
        return states;
    });

    public static readonly Gen<WindowInput> Input = Gen.Select(Gen.Select(Int, Int, Long, Long, Long), Gen.Select(Decimal, Decimal, ByState),
        Gen.Select(Gen.Enum<InputRole>(), Gen.Enum<Carrier>(), Gen.Enum<UnitOfMeasure>(), Gen.Enum<Basis>()), Gen.Select(Gen.UShort, From<sbyte>(1, -1))).Select((numbers, amounts, words, rest) => new WindowInput
        {
            Point = numbers.Item1, RegisterEpoch = numbers.Item2, T0 = numbers.Item3, T1 = numbers.Item4, Bound = numbers.Item5,
            Step = amounts.Item1, Ratio = amounts.Item2, ByState = amounts.Item3,
            Role = words.Item1, Carrier = words.Item2, Unit = words.Item3, Basis = words.Item4,
            Flags = (WindowFlags)rest.Item1, Sign = rest.Item2,
        });

    public static readonly Gen<WindowGauge> Gauge = Gen.Select(Int, Long, Double, Double, Double, Double).Select((point, covered, integral, min, max, last) =>
        new WindowGauge { Point = point, CoveredMicros = covered, Integral = integral, Min = min, Max = max, Last = last });

    public static readonly Gen<Figure> Figure = Gen.Select(Gen.Enum<FigureId>(), Gen.Bool, Decimal, Gen.Enum<FigureReason>(), Gen.Enum<Basis>()).Select((id, has, value, reason, basis) =>
        new Figure { Id = id, Value = has ? value : null, Reason = reason, Basis = basis });

    public static readonly Gen<WindowRecord> Record = Gen.Select(Gen.Select(Int, Kind, Text, Long, Long), Gen.Select(Long, Long, Long, Gen.UInt),
        Gen.Select(Gen.Select(Long, Long, Gen.Enum<SegmentCut>(), Gen.Bool, Text, ByState), Input.Array[0, 4], Gauge.Array[0, 3]).Array[0, 3], Figure.Array[0, 4], Text.Array[3]).Select((key, about, segments, figures, sets) =>
        {
            var record = new WindowRecord
            {
                Unit = key.Item1, Kind = key.Item2, WindowId = key.Item3, Start = key.Item4, End = key.Item5,
                Revision = new Revision(about.Item1, about.Item2), CoveredMicros = about.Item3, Flags = (WindowFlags)about.Item4,
                Coefficients = sets[0], Factors = sets[1], Footprint = sets[2],
            };
            foreach (var (segment, inputs, gauges) in segments)
            {
                record.BeginSegment(segment.Item1, segment.Item2, segment.Item3, segment.Item4 ? segment.Item5 : null, segment.Item6, segment.Item1 % 3 == 0 ? null : segment.Item5);
                foreach (var input in inputs) record.Add(input);
                foreach (var gauge in gauges) record.Add(gauge);
            }
            foreach (var figure in figures) record.Add(figure);
            return record;
        });

    public static readonly Gen<Quality> Quality = Gen.Byte.Select(b => (Quality)b);

    /// <summary>One of <paramref name="items"/>.</summary>
    public static Gen<T> From<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(i => items[i]);
}
