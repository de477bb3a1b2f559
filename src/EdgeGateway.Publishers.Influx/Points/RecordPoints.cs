using System.Globalization;
using System.Text;
using EdgeGateway.LineProtocol.Lines;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Influx.Sending;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Influx.Points;

/// <summary>A window record as points: one of the record, and one of each carrier in a measurement of its own. Not thread-safe.</summary>
/// <remarks>InfluxDB merges fields of equal points, so nothing that was said before may be left standing: a point has all its fields in every statement, numbers with their validity; a
/// statement that comes after another, and one that withdraws, has a point of every carrier there is, those that the record does not have marked as not known.</remarks>
internal sealed class RecordPoints(string measurement, string gateway, INames names)
{
    private static readonly (Carrier Carrier, string Suffix)[] Measured = [.. Records.Windows.Carriers.All.Select(c => (c, "_" + c.Word()))];
    private static readonly Int128 QuantaPerMillionth = (Int128)65_536 * 1_000_000;

    private readonly SeriesShelf _series = new(measurement, gateway);
    private readonly Dictionary<WindowFlags, string> _flags = [];
    private readonly StringBuilder _reasons = new();

    /// <summary>Adds the points of a record.</summary>
    /// <exception cref="PayloadException">It cannot be stated truthfully; lines that were added meanwhile are the caller's to take back.</exception>
    public void Write(LineBatch batch, int item, RecordItem stated)
    {
        var record = stated.Record;
        var unit = names.Unit(record.Unit) ?? throw new PayloadException(string.Create(CultureInfo.InvariantCulture, $"The map no longer names unit {record.Unit}."));
        var time = Measurements.Nanos(record.Start);
        var withdrawn = (record.Flags & WindowFlags.Void) != 0;
        try
        {
            var w = new LineWriter(batch);
            w.Begin(_series.Of(Measurements.Record, unit, record));
            WriteRecord(ref w, record, withdrawn);
            w.End(time);
            batch.EndLine(item);
            foreach (var (carrier, suffix) in Measured)
            {
                var sum = QuantitySum.Of(record, carrier);
                if (sum.IsMixed) throw new PayloadException($"Inputs of {carrier.Word()} are measured in unlike ways, which cannot be added.");
                if (sum.Count == 0 && !withdrawn && !stated.Restates) continue;
                w.Begin(_series.Of(suffix, unit, record));
                WriteCarrier(ref w, record, carrier, sum, withdrawn);
                w.End(time);
                batch.EndLine(item);
            }
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            throw new PayloadException($"A number of the record cannot be stated: {e.Message}", e);
        }
    }

    private void WriteRecord(ref LineWriter w, WindowRecord record, bool withdrawn)
    {
        w.Integer(RecordFields.Epoch, record.Revision.Epoch);
        w.Integer(RecordFields.Seq, record.Revision.Seq);
        w.Boolean(RecordFields.Void, withdrawn);
        var length = record.End - record.Start;
        w.Number(RecordFields.Seconds, length, -6);
        // Cut, not rounded: a window that lacks a moment must not read 1.
        w.Number(RecordFields.Coverage, length > 0 ? (Int128)record.CoveredMicros * 1_000_000 / length : 0, -6);
        w.Boolean(RecordFields.ClockOk, (record.Flags & WindowFlags.ClockUnverified) == 0);
        w.Text(RecordFields.Flags, FlagsOf(record.Flags));
        var states = record.StateMicros();
        for (var state = 0; state < 4; state++) w.Number(RecordFields.StateSeconds[state], withdrawn ? 0 : states[state], -6);
        foreach (var (role, value, ok, basis, bound) in RecordFields.Pieces)
        {
            var sum = QuantitySum.Of(record, role);
            var known = sum.Count > 0 && !withdrawn && sum.Worst != Basis.None;
            w.Number(value, known ? sum.Total.RoundToSix() : default);
            w.Boolean(ok, known);
            w.Text(basis, (known ? sum.Worst : Basis.None).Word());
            w.Number(bound, known && sum.Bound is { } b ? Up(b) : 0, -6);
        }
        WriteFigures(ref w, record, withdrawn);
    }

    private void WriteFigures(ref LineWriter w, WindowRecord record, bool withdrawn)
    {
        _reasons.Clear();
        foreach (var (id, value, ok) in RecordFields.Figures)
        {
            var figure = withdrawn ? null : record.FigureOf(id);
            w.Number(value, figure?.Value ?? default);
            w.Boolean(ok, figure?.Value is not null);
            if (figure is { Value: null, Reason: var reason } && reason.Word() is { } word) _reasons.Append(_reasons.Length > 0 ? " " : "").Append(id.Word()).Append(':').Append(word);
        }
        w.Text(RecordFields.Coefficients, withdrawn ? "" : record.Coefficients);
        w.Text(RecordFields.Factors, withdrawn ? "" : record.Factors);
        w.Text(RecordFields.Footprint, withdrawn ? "" : record.Footprint);
        w.Text(RecordFields.Reasons, _reasons.Length == 0 ? "" : _reasons.ToString());
    }

    private static void WriteCarrier(ref LineWriter w, WindowRecord record, Carrier carrier, in QuantitySum sum, bool withdrawn)
    {
        var known = sum.Count > 0 && !withdrawn && sum.Worst != Basis.None;
        w.Number(CarrierFields.Value, known ? sum.Total.RoundToSix() : default);
        w.Boolean(Measurements.Ok, known);
        w.Boolean(CarrierFields.Exact, known && sum.Worst == Basis.Exact);
        w.Text(CarrierFields.Basis, (known ? sum.Worst : Basis.None).Word());
        w.Number(CarrierFields.Bound, known && sum.Bound is { } b ? Up(b) : 0, -6);
        w.Boolean(CarrierFields.BoundOk, known && sum.Bound is not null);
        w.Text(CarrierFields.Unit, known ? sum.Dimension.BaseUnit().Symbol() : "");
        for (var state = 0; state < 4; state++) w.Number(CarrierFields.ByState[state], known ? sum.ShareOf(record, carrier, (MachineState)state).RoundToSix() : default);
        var coal = withdrawn ? null : record.FigureOf(Figures.Of(carrier));
        w.Number(CarrierFields.Coal, coal?.Value ?? default);
        w.Boolean(CarrierFields.CoalOk, coal?.Value is not null);
        w.Integer(RecordFields.Epoch, record.Revision.Epoch);
        w.Integer(RecordFields.Seq, record.Revision.Seq);
    }

    /// <summary>Millionths, rounded up, so that a bound never says less than it should.</summary>
    private static Int128 Up(Amount bound)
    {
        var (quotient, rest) = Int128.DivRem(bound.Quanta, QuantaPerMillionth);
        return rest > 0 ? quotient + 1 : quotient;
    }

    private string FlagsOf(WindowFlags flags)
    {
        if (_flags.TryGetValue(flags, out var words)) return words;
        words = string.Join(' ', flags.Names());
        _flags.Add(flags, words);
        return words;
    }
}
