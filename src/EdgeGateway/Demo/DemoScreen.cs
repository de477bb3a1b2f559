using System.Globalization;
using EdgeGateway.Composition;
using EdgeGateway.Records.Windows;
using Spectre.Console;

namespace EdgeGateway.Demo;

/// <summary>Shows the running demo: a live table on a terminal, a plain line a window elsewhere.</summary>
internal sealed class DemoScreen(Gateway gateway, DemoBroker broker, GatewayPage? page, TimeProvider time)
{
    private const string Unverified = "No time synchronisation vouches for this machine's clock: every record says clock_unverified.";
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(500);
    private readonly UnitViews _views = new(gateway);

    public Task ShowAsync(bool terminal, CancellationToken cancellationToken) => terminal ? TableAsync(cancellationToken) : LinesAsync(cancellationToken);

    private async Task TableAsync(CancellationToken cancellationToken) =>
        await AnsiConsole.Live(Table()).AutoClear(false).StartAsync(async live =>
        {
            using var timer = new PeriodicTimer(Refresh, time);
            while (await NextAsync(timer, cancellationToken)) live.UpdateTarget(Table());
        });

    private Table Table()
    {
        var table = new Table().Border(TableBorder.Rounded).Title("EdgeGateway demo: a simulated workshop over real Modbus TCP, MQTT and SQLite")
            .AddColumn(Left("Unit")).AddColumn(Left("State")).AddColumn(Right("Power kW")).AddColumn(Left("Window UTC"))
            .AddColumn(Right("kWh")).AddColumn(Right("Good")).AddColumn(Right("kWh/piece")).AddColumn(Right("kgce/piece")).AddColumn(Right("kgCO2/piece")).AddColumn(new TableColumn("Basis"));
        foreach (var view in _views.Gather())
        {
            var colour = view.State switch { "running" => "green", "idle" => "yellow", "stopped" => "grey", _ => "default" };
            var w = view.Window;
            table.AddRow(new Markup(Markup.Escape(view.Unit)), new Markup($"[{colour}]{Markup.Escape(view.State)}[/]"), new Markup(view.Power),
                new Markup(w is null ? "…" : $"{w.Clock} {w.Kind}"), new Markup(w?.Energy ?? "…"), new Markup(w?.Good ?? "…"), new Markup(Markup.Escape(w?.PerGood ?? "…")), new Markup(Markup.Escape(w?.CoalPerGood ?? "…")), new Markup(Markup.Escape(w?.CarbonPerGood ?? "…")),
                new Markup(Markup.Escape(w is null ? "…" : w.Note.Length == 0 ? w.Basis : $"{w.Basis}, {w.Note}")));
        }
        return table.Caption(Markup.Escape(Status(terminal: true)));
    }

    private static TableColumn Left(string title) => new TableColumn(title).NoWrap();

    private static TableColumn Right(string title) => Left(title).RightAligned();

    private async Task LinesAsync(CancellationToken cancellationToken)
    {
        var plan = gateway.Plant.Metering;
        var seen = plan.Units.ToDictionary(u => u.Id, _ => long.MinValue);
        if (!gateway.Supervisor.Ingest.Clock.Verified) Console.WriteLine(Unverified);
        var paged = false;
        Console.WriteLine("WINDOW (UTC)   UNIT        ENERGY kWh   GOOD  kWh/PIECE  kgce/PIECE  kgCO2/PIECE  BASIS");
        using var timer = new PeriodicTimer(Refresh, time);
        while (await NextAsync(timer, cancellationToken))
        {
            if (!paged && Page.Length > 0)
            {
                Console.WriteLine(Page.TrimStart());
                paged = true;
            }
            foreach (var unit in plan.Units)
            {
                foreach (var w in _views.Windows(unit.Id, plan.BaseWindow, seen[unit.Id]))
                {
                    seen[unit.Id] = w.Start + 1;
                    Console.WriteLine($"{w.Clock} {w.Kind,-4}  {unit.Path,-10} {w.Energy,11} {w.Good,6} {w.PerGood,10} {w.CoalPerGood,11} {w.CarbonPerGood,12}  {w.Basis}{(w.Note.Length == 0 ? "" : ", " + w.Note)}");
                }
            }
        }
        Console.WriteLine(Status(terminal: false));
    }

    private string Page => page is { Server.Listening: { IsCompletedSuccessfully: true } open } ? $" The page: {open.Result}" : "";

    private string Status(bool terminal)
    {
        var supervisor = gateway.Supervisor;
        return string.Create(CultureInfo.InvariantCulture,
            $"{supervisor.Buses.Sum(b => b.Health.Responses)} responses, {gateway.Store.Counters.Records} records stored, {broker.Messages} MQTT messages at mqtt://127.0.0.1:{broker.Port} (edgegateway/#).{Page} Ctrl-C ends.{(terminal && !supervisor.Ingest.Clock.Verified ? " " + Unverified : "")}");
    }

    private static async ValueTask<bool> NextAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
