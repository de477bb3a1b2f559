using System.Globalization;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;
using EdgeGateway.Storage;

namespace EdgeGateway.Explaining;

/// <summary>Opens a record: to the registers and totals of its inputs, the samples around its edges, and the rows and rules its figures rest on.</summary>
/// <param name="store">The store it lies in.</param>
/// <param name="plant">The map in force when it was stated, or null where the store does not hold it.</param>
/// <param name="zone">Zone of the plant.</param>
internal sealed class Explanation(ReadOnlyStore store, PlantMap? plant, TimeZoneInfo zone)
{
    private const long One = 65_536;
    private readonly List<string> _lines = [];

    /// <summary>The explanation, line by line.</summary>
    public IReadOnlyList<string> Of(WindowRecord record, string unit)
    {
        Say($"{unit}, {record.Kind}{(record.WindowId.Length > 0 ? " " + record.WindowId : "")}: {Clock(record.Start)} to {Clock(record.End)} ({zone.Id})");
        Say($"  stated by entry {record.Revision.Seq} of the log, epoch {record.Revision.Epoch}; the highest revision holds");
        Say($"  observed for {record.CoveredMicros / 1e6:0.######} of {(record.End - record.Start) / 1e6:0.######} s{(record.Flags == WindowFlags.None ? "" : "; flags " + string.Join(", ", record.Flags.Names()))}");
        Inputs(record);
        Figures(record);
        _lines.AddRange(new PriceExplanation(plant).Of(record, unit));
        return _lines;
    }

    private void Inputs(WindowRecord record)
    {
        var points = new HashSet<int>();
        foreach (ref readonly var input in record.Inputs) points.Add(input.Point);
        var spans = new SampleSearch(store).Find(points, record.Start, record.End, Records.Time.UtcMicros.PerHour);
        foreach (var segment in record.Segments.ToArray())
        {
            if (record.Segments.Length > 1) Say($"segment {Clock(segment.Start)} to {Clock(segment.End)}, cut for {segment.Cut}{(segment.Batch is null ? "" : ", batch " + segment.Batch)}");
            if (segment.Product is { } product) Say($"  product {(product.Length == 0 ? "not known" : product)}");
            foreach (var input in record.InputsOf(segment).ToArray()) Input(input, spans[input.Point]);
        }
    }

    private void Input(WindowInput input, SampleSpan span)
    {
        var what = input.Carrier == Carrier.None ? input.Role.ToString().ToLowerInvariant() : $"{input.Carrier.Word()}, {input.Role.ToString().ToLowerInvariant()}";
        Say($"{store.PointPath(input.Point) ?? $"point {input.Point}"}: {what}{(input.Sign < 0 ? ", taken off" : "")}; register epoch {input.RegisterEpoch}");
        Say($"  total {input.T0} to {input.T1}, in 1/65 536 of a step of {input.Step} {input.Unit.Symbol()} × ratio {input.Ratio}");
        Say($"  ({input.T1} − {input.T0}) ÷ {One} × {input.Step} × {input.Ratio} = {Six(input.Amount)} {input.Unit.Measures().BaseUnit().Symbol()}; {input.Basis.Word()}{(input.BoundAmount is { } bound ? $", at most {Six(bound)} off" : ", no bound can be stated")}{(input.Flags == WindowFlags.None ? "" : "; " + string.Join(", ", input.Flags.Names()))}");
        Say($"  samples: {span.Within} in the window{(span.Bad > 0 ? $", {span.Bad} of them without a value" : "")}; {Sample("last at or before its start", span.Before)}; {Sample("first at or after its end", span.After)}");
    }

    private static string Sample(string where, LoggedSample? sample) =>
        sample is { } s ? string.Create(CultureInfo.InvariantCulture, $"{where}: register {s.Value} at {Records.Time.UtcMicros.Format(s.Time)} (entry {s.Seq})") : $"{where}: none in the log";

    private void Figures(WindowRecord record)
    {
        if (record.Figures.Length == 0) return;
        _lines.Add("figures");
        foreach (var figure in record.Figures.ToArray())
        {
            var value = figure.Value is { } number ? $"{number} {figure.Id.Unit()}".TrimEnd() : $"none: {figure.Reason.Word()}";
            Say($"  {figure.Id.Word()} {value} ({figure.Basis.Word()})");
        }
        Rows("coefficients", record.Coefficients, plant?.Metering.Coefficients, [ReferenceUse.CoalEquivalent], record);
        Rows("factors", record.Factors, plant?.Metering.Factors, [ReferenceUse.Combustion, ReferenceUse.Location, ReferenceUse.Market], record);
        Rows("footprint", record.Footprint, plant?.Metering.Footprint, [ReferenceUse.Footprint], record);
    }

    private void Rows(string kind, string stamp, ReferenceSet? set, ReferenceUse[] uses, WindowRecord record)
    {
        if (stamp.Length == 0) return;
        Say($"{kind} by {stamp}");
        if (set is null || !stamp.StartsWith(set.Stamp, StringComparison.Ordinal))
        {
            Say($"  the set is not that of the map then in force ({set?.Stamp ?? "none"}): the record was restated; the operator's word in the log holds its numbers, 'factors show {stamp.Split('/')[0]}' its rows");
            return;
        }
        var plan = new CarbonPlan(uses[0] == ReferenceUse.CoalEquivalent ? set : null, uses[0] == ReferenceUse.Combustion ? set : null, uses[0] == ReferenceUse.Footprint ? set : null, plant!.Metering.Policy, ReferencePlans.DayStart(plant.Gateway.Timezone));
        var told = new HashSet<ReferenceRow>();
        foreach (var segment in record.Segments.ToArray())
        {
            foreach (var input in record.InputsOf(segment).ToArray())
            {
                foreach (var use in uses)
                {
                    if (input.Carrier != Carrier.None && plan.At(use, input.Carrier, input.Carrier.StatedIn(input.Unit), segment.Start)?.Row is { } row && told.Add(row)) Row(row);
                }
            }
        }
        if (told.Count == 0) _lines.Add("  no row holds for what was used");
    }

    private void Row(ReferenceRow row)
    {
        Say($"  {row.Carrier.Word()}, {row.Use.Word()}: {row.Value} {row.Unit}, {row.Region}, of {row.Year}, from {row.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}{(row.Verified ? "" : ", not verified")}");
        if (row.Derivation.Length > 0) Say($"    worked out: {row.Derivation}");
        Say($"    {row.Document}; {row.Source}");
    }

    private void Say(FormattableString line) => _lines.Add(line.ToString(CultureInfo.InvariantCulture));

    private string Clock(long micros) => TimeZoneInfo.ConvertTime(Records.Time.UtcMicros.ToInstant(micros), zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Six(Amount amount) => amount.RoundToSix().ToString();
}
