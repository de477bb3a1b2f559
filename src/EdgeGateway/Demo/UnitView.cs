using System.Globalization;
using EdgeGateway.Composition;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Demo;

/// <summary>A unit as the demo shows it: what it does now, and its newest window.</summary>
internal sealed record UnitView(string Unit, string State, string Power, WindowView? Window);

/// <summary>A closed window as the demo shows it.</summary>
internal sealed record WindowView(long Start, string Kind, string Energy, string Good, string PerGood, string CoalPerGood, string CarbonPerGood, string Basis, string Note)
{
    /// <summary>Its start as a time of day, UTC.</summary>
    public string Clock => UtcMicros.ToInstant(Start).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}

/// <summary>Gathers <see cref="UnitView"/>s from a running gateway: now from the latest values, windows from the store.</summary>
internal sealed class UnitViews(Gateway gateway)
{
    // Said once for the whole screen: of the clock, and of factors that no demo can choose for its reader.
    private const WindowFlags Untold = WindowFlags.ClockUnverified | WindowFlags.FactorYear | WindowFlags.FactorUnverified;
    private readonly WindowRecord _record = new();

    public IReadOnlyList<UnitView> Gather()
    {
        var plan = gateway.Plant.Metering;
        return [.. plan.Units.Select(unit => new UnitView(unit.Path, State(unit.StateSlot), Power(unit.Gauges), Newest(unit.Id, plan.BaseWindow)))];
    }

    /// <summary>Every base window of a unit that starts at or after <paramref name="from"/>.</summary>
    public IReadOnlyList<WindowView> Windows(int unit, WindowKind kind, long from) =>
        [.. gateway.Store.ReadWindows(unit, kind.Code, from, long.MaxValue, 100).Select(r => View(r.Body)).OfType<WindowView>()];

    private WindowView? Newest(int unit, WindowKind kind)
    {
        var now = gateway.Now;
        return Windows(unit, kind, now - UtcMicros.PerMinute) is [.., var newest] ? newest : null;
    }

    private WindowView? View(byte[] body)
    {
        if (!WindowRecordCodec.TryDecode(body, _record)) return null;
        var (energy, good, basis, anyEnergy, anyGood) = (default(Amount), default(Amount), Basis.Exact, false, false);
        foreach (ref readonly var input in _record.Inputs)
        {
            if (input.Carrier == Carrier.Electricity) (energy, anyEnergy, basis) = (energy + input.Amount, true, basis.Worst(input.Basis));
            else if (input.Role == InputRole.Good) (good, anyGood) = (good + input.Amount, true);
        }
        return new WindowView(_record.Start, _record.Kind.Name,
            anyEnergy ? Fixed(energy.ToDouble(), 4) : "-",
            anyGood ? Fixed(good.ToDouble(), 0) : "-",
            Text(FigureId.KilowattHoursPerGood), Text(FigureId.CoalEquivalentPerGood), Text(FigureId.CarbonPerGood),
            anyEnergy ? basis.Word() : "none",
            string.Join(", ", (_record.Flags & ~Untold).Names()));
    }

    private string Text(FigureId id) => _record.FigureOf(id) is not { } figure ? "-" : figure.Value is { } value ? Fixed(value.ToDouble(), 5) : figure.Reason.Word() ?? "-";

    private string State(int slot)
    {
        if (slot < 0) return "-";
        var latest = gateway.Supervisor.Ingest.Latest[slot];
        return latest.Time > 0 && latest.Quality.HasValue() ? ((MachineState)latest.Integer).Word() : "unknown";
    }

    private string Power(IReadOnlyList<int> gauges)
    {
        foreach (var slot in gauges)
        {
            var plan = gateway.Plant.Metering.Points[slot];
            if (plan.Unit.Measures() != Dimension.Power) continue;
            var latest = gateway.Supervisor.Ingest.Latest[slot];
            return latest.Time > 0 && latest.Quality.HasValue() ? Fixed(latest.Number * plan.Unit.ToBase().ToDouble(), 1) : "-";
        }
        return "-";
    }

    private static string Fixed(double value, int places) => value.ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
