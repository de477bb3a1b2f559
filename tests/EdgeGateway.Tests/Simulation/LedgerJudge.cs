using System.Globalization;
using EdgeGateway.FirmwareSim.Ledgers;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Tests.Simulation;

/// <summary>Compares what was stated with what happened: exact figures within their bound, others within the bound they state, nothing lost, doubled or unflagged.</summary>
internal sealed class LedgerJudge(Ledger ledger, INames names, long judgedFrom = long.MinValue)
{
    private readonly Dictionary<RecordKey, WindowRecord> _newest = [];

    /// <summary>Newest revision of every key.</summary>
    public IReadOnlyCollection<WindowRecord> Records => _newest.Values;

    /// <summary>Complaints; empty where all is well.</summary>
    public List<string> Complaints { get; } = [];

    public int Revisions { get; private set; }

    public double WorstShareOfBound { get; private set; }

    /// <param name="ledger">The truth.</param>
    /// <param name="names">Names behind ids.</param>
    /// <param name="store">What was stated.</param>
    /// <param name="judgedFrom">Windows that start earlier are not compared with the truth, because the clock they were dated by was wrong; they must join and sum up like all others.</param>
    public static LedgerJudge Of(Ledger ledger, INames names, IStore store, long judgedFrom = long.MinValue)
    {
        var judge = new LedgerJudge(ledger, names, judgedFrom);
        long after = 0;
        while (store.ReadRecords(after, 1000) is { Count: > 0 } page)
        {
            foreach (var stored in page)
            {
                var record = new WindowRecord();
                if (!WindowRecordCodec.TryDecode(stored.Body, record)) judge.Complaints.Add($"record {stored.Id} cannot be read");
                judge.Take(record);
                after = stored.Id;
            }
        }
        judge.Run();
        return judge;
    }

    public IEnumerable<WindowRecord> Of(string unit, WindowKind kind) => _newest.Values.Where(r => r.Kind == kind && names.Unit(r.Unit) == unit).OrderBy(r => r.Start);

    /// <summary>What the ledger knows of the electricity of a record.</summary>
    public double KilowattHours(WindowRecord record)
    {
        var truth = 0.0;
        foreach (var input in record.Inputs)
        {
            if (input.Carrier == Carrier.Electricity) truth += Truth(names.Point(input.Point)!, record.Start, record.End);
        }
        return truth;
    }

    private void Take(WindowRecord record)
    {
        Revisions++;
        if (_newest.TryGetValue(record.Key, out var known))
        {
            if (known.Revision == record.Revision) Complaints.Add($"{Name(record)}: revision {record.Revision} stands twice");
            if (known.Revision > record.Revision) return;
        }
        _newest[record.Key] = record;
    }

    private void Run()
    {
        foreach (var series in _newest.Values.GroupBy(r => (r.Unit, r.Kind)))
        {
            WindowRecord? before = null;
            foreach (var record in series.OrderBy(r => r.Start))
            {
                if (before is not null) Joined(before, record);
                foreach (var input in record.Inputs)
                {
                    if (record.Start >= judgedFrom) Judge(record, input);
                }
                Figure(record);
                if (record.Kind != WindowKind.Minute) Sums(record);
                before = record;
            }
        }
    }

    private void Joined(WindowRecord before, WindowRecord record)
    {
        if (before.End != record.Start) Complaints.Add($"{Name(record)}: does not follow {Name(before)}");
        foreach (var input in record.Inputs)
        {
            foreach (var earlier in before.Inputs)
            {
                if (earlier.Point == input.Point && earlier.T1 != input.T0) Complaints.Add($"{Name(record)}: {names.Point(input.Point)?.Path} begins at {input.T0}, the window before ended at {earlier.T1}");
            }
        }
    }

    /// <summary>A longer window is the sum of its minutes, to the last quantum.</summary>
    private void Sums(WindowRecord record)
    {
        foreach (var input in record.Inputs)
        {
            long sum = 0;
            var minutes = 0;
            foreach (var minute in _newest.Values.Where(r => r.Kind == WindowKind.Minute && r.Unit == record.Unit && r.Start >= record.Start && r.End <= record.End))
            {
                minutes++;
                foreach (var part in minute.Inputs)
                {
                    if (part.Point == input.Point) sum += part.T1 - part.T0;
                }
            }
            if (minutes > 0 && sum != input.T1 - input.T0) Complaints.Add($"{Name(record)}: {names.Point(input.Point)?.Path} moved by {input.T1 - input.T0}, its minutes by {sum}");
            if (input.ByState.Sum != input.T1 - input.T0) Complaints.Add($"{Name(record)}: the states of {names.Point(input.Point)?.Path} do not sum to it");
        }
    }

    private void Judge(WindowRecord record, in WindowInput input)
    {
        var point = names.Point(input.Point)!;
        var stated = input.Amount.ToDouble();
        var truth = Truth(point, record.Start, record.End);
        if (input.BoundAmount is { } bound)
        {
            var error = Math.Abs(stated - truth);
            WorstShareOfBound = Math.Max(WorstShareOfBound, error / bound.ToDouble());
            if (error > bound.ToDouble()) Complain(record, point, input, stated, truth);
        }
        else if ((input.Flags & (WindowFlags.Missing | WindowFlags.ZeroedByShift | WindowFlags.Ambiguous)) == 0 && input.Basis < Basis.Provisional) Complain(record, point, input, stated, truth);
    }

    private void Figure(WindowRecord record)
    {
        if (record.FigureOf(FigureId.KilowattHoursPerGood) is not { Value: { } value }) return;
        double energy = 0, good = 0;
        foreach (var input in record.Inputs)
        {
            if (input.Carrier == Carrier.Electricity) energy += input.Amount.ToDouble();
            else if (input.Role == InputRole.Good) good += input.Amount.ToDouble();
        }
        if (Math.Abs(value.ToDouble() - energy / good) > 1e-6) Complaints.Add($"{Name(record)}: {value} kWh a piece, {energy} ÷ {good} computed");
    }

    private double Truth(PointName point, long start, long end) => point.Path switch
    {
        "incoming-meter.energy" => Energy("workshop", start, end),
        "line-1-meter.energy" => Energy("line-1", start, end),
        "line-2-meter.energy" => Energy("line-2", start, end),
        "plc.good-1" => ledger.Good("line-1", start, end),
        "plc.scrap-1" => ledger.Scrap("line-1", start, end),
        "plc.good-2" => ledger.Good("line-2", start, end),
        "plc.scrap-2" => ledger.Scrap("line-2", start, end),
        _ => throw new InvalidOperationException(point.Path),
    };

    private double Energy(string name, long start, long end) => (double)ledger.EnergyOf(name, start, end).KilowattHours;

    private void Complain(WindowRecord record, PointName point, in WindowInput input, double stated, double truth) => Complaints.Add(string.Create(CultureInfo.InvariantCulture,
        $"{Name(record)}: {point.Path} {stated:F6}, truth {truth:F6}, bound {input.BoundAmount?.ToDouble():F6}, {input.Basis.Word()} {input.Flags}"));

    private string Name(WindowRecord record) => $"{names.Unit(record.Unit)} {record.Kind} {UtcMicros.Format(record.Start)} r{record.Revision.Seq}";
}
