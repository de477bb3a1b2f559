using System.Globalization;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Publishing.Exporting;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Exporting;

/// <summary>Window records as rows of a table: one row a quantity, so that every record has the same columns whatever its unit measures.</summary>
internal static class CsvRecords
{
    public static readonly string[] Columns = ["gateway", "unit", "kind", "id", "start", "end", "rev_epoch", "rev_seq", "void", "coverage", "flags", "quantity", "value", "measure", "basis", "bound", "reason"];

    private static readonly Int128 QuantaPerMillionth = (Int128)65_536 * 1_000_000;

    /// <summary>The rows of a record. A withdrawn one has its rows without values.</summary>
    /// <exception cref="PayloadException">A number cannot be stated, or the store knows no name of the unit.</exception>
    public static List<string[]> Rows(ItemFormatSetup setup, WindowRecord record)
    {
        var unit = setup.Names.Unit(record.Unit) ?? throw new PayloadException(string.Create(CultureInfo.InvariantCulture, $"The store knows no name of unit {record.Unit}."));
        var withdrawn = (record.Flags & WindowFlags.Void) != 0;
        var length = record.End - record.Start;
        string[] key =
        [
            setup.GatewayId, unit, record.Kind.Name, record.WindowId, UtcMicros.Format(record.Start), UtcMicros.Format(record.End), Text(record.Revision.Epoch), Text(record.Revision.Seq), withdrawn ? "true" : "false",
            // Cut, not rounded: a window that lacks a moment must not read 1.
            Text(length > 0 ? (Int128)record.CoveredMicros * 1_000_000 / length : 0, -6), string.Join(' ', record.Flags.Names()),
        ];
        var rows = new List<string[]>();
        try
        {
            foreach (var carrier in Carriers.All) Add(carrier.Word(), QuantitySum.Of(record, carrier));
            Add("good", QuantitySum.Of(record, InputRole.Good));
            Add("scrap", QuantitySum.Of(record, InputRole.Scrap));
            var states = record.StateMicros();
            for (var state = 0; state < 4; state++) Row(((MachineState)state).Word(), withdrawn ? "" : Text(states[state], -6), "s", "", "", "");
            foreach (var figure in record.Figures) Row(figure.Id.Word(), withdrawn || figure.Value is not { } value ? "" : Text(value.Mantissa, value.Exponent), figure.Id.Unit(), figure.Basis.Word(), "", figure.Reason.Word() ?? "");
            return rows;
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            throw new PayloadException($"A number of the record cannot be stated: {e.Message}", e);
        }

        void Add(string quantity, in QuantitySum sum)
        {
            if (sum.Count == 0) return;
            if (sum.IsMixed) throw new PayloadException($"Inputs of {quantity} are measured in unlike ways, which cannot be added.");
            var known = !withdrawn && sum.Worst != Basis.None;
            var total = sum.Total.RoundToSix();
            Row(quantity, known ? Text(total.Mantissa, total.Exponent) : "", sum.Dimension.BaseUnit().Symbol(), sum.Worst.Word(), known && sum.Bound is { } bound ? Up(bound) : "", "");
        }

        void Row(string quantity, string value, string measure, string basis, string bound, string reason) => rows.Add([.. key, quantity, value, measure, basis, bound, reason]);
    }

    /// <summary>Rounded up to six places, so that a bound never says less than it should.</summary>
    private static string Up(Amount bound)
    {
        var (quotient, rest) = Int128.DivRem(bound.Quanta, QuantaPerMillionth);
        return Text(rest > 0 ? quotient + 1 : quotient, -6);
    }

    private static string Text(Int128 mantissa, int exponent = 0)
    {
        Span<byte> text = stackalloc byte[DecimalText.MaxLength];
        return System.Text.Encoding.ASCII.GetString(text[..DecimalText.Format(mantissa, exponent, 0, text)]);
    }
}
