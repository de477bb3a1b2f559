using EdgeGateway.LineProtocol.Lines;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Influx.Points;

/// <summary>The fixed fields of the measurement of records. Every statement writes all of them: a field that one statement leaves out would keep what an earlier one said.</summary>
internal static class RecordFields
{
    public static readonly FieldKey Epoch = new("rev_epoch", FieldType.Integer), Seq = new("rev_seq", FieldType.Integer), Void = new("void", FieldType.Boolean),
        Seconds = new("length_s", FieldType.Number), Coverage = new("coverage", FieldType.Number), ClockOk = new("clock_ok", FieldType.Boolean), Flags = new("flags", FieldType.Text),
        Reasons = new("reasons", FieldType.Text);

    /// <summary>Reference sets that the figures rest on, as name/edition; "" where none is used.</summary>
    public static readonly FieldKey Coefficients = new("coefficients", FieldType.Text), Factors = new("factors", FieldType.Text), Footprint = new("footprint", FieldType.Text);

    /// <summary>Seconds in each machine state, by its number.</summary>
    public static readonly FieldKey[] StateSeconds = [new("running_s", FieldType.Number), new("idle_s", FieldType.Number), new("stopped_s", FieldType.Number), new("unknown_s", FieldType.Number)];

    /// <summary>Pieces: number, whether they were counted, how they are known, greatest error.</summary>
    public static readonly (InputRole Role, FieldKey Value, FieldKey Ok, FieldKey Basis, FieldKey Bound)[] Pieces = [.. new[] { (InputRole.Good, "good"), (InputRole.Scrap, "scrap") }.Select(r =>
        (r.Item1, new FieldKey(r.Item2, FieldType.Number), new FieldKey(r.Item2 + "_ok", FieldType.Boolean), new FieldKey(r.Item2 + "_basis", FieldType.Text), new FieldKey(r.Item2 + "_bound", FieldType.Number)))];

    /// <summary>Every derived figure there is, but those of a carrier, which stand with it: number, and whether it is one.</summary>
    public static readonly (FigureId Id, FieldKey Value, FieldKey Ok)[] Figures = [.. Records.Windows.Figures.All.Select(f => f.Id).Where(id => (ushort)id < Records.Windows.Figures.OfCarriers).Select(id =>
        (id, new FieldKey(id.Word(), FieldType.Number), new FieldKey(id.Word() + "_ok", FieldType.Boolean)))];
}
