using EdgeGateway.Dashboard.Access;
using EdgeGateway.Dashboard.Health;
using EdgeGateway.Dashboard.Live;
using EdgeGateway.Dashboard.Metrics;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Records.Windows;
using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Dashboard.Api;

/// <summary>Every way into the API, health and metrics.</summary>
internal sealed class RouteTable
{
    private static readonly RouteParameter
        Unit = new("unit", true, "Name of a unit."),
        From = new("from", false, "ISO 8601; by default 24 h before to."),
        To = new("to", false, "ISO 8601, exclusive; by default now."),
        Kind = new("kind", false, "Kind of window such as 1m, 15m, 1h; by default the shortest of which the span holds at most 1 500.");

    private readonly IGatewayView _gateway;
    private readonly LiveReport _live;
    private readonly SpanReader _spans;
    private readonly OverviewReport _overview;
    private readonly HistoryReport _history;
    private readonly SamplesReport _samples;
    private readonly RecordReport _records;
    private readonly DevicesReport _devices;
    private readonly EventsReport _events;
    private readonly FlowReport _flow;
    private readonly HeatReport _heat;
    private readonly ProductsReport _products;
    private readonly Gate _gate;
    private readonly LiveCheck _check;

    public RouteTable(IGatewayView gateway, LiveStreams streams, LiveReport live, Gate gate, ActionEndpoint actions)
    {
        (_gateway, _live, _spans, _gate) = (gateway, live, new SpanReader(gateway), gate);
        _overview = new OverviewReport(gateway, live, _spans);
        (_history, _records, _devices, _events, _check) = (new(gateway), new(gateway), new(gateway, streams), new(gateway), new(gateway.IngestPulse, gateway.Store, gateway.Time));
        (_flow, _heat, _samples, _products) = (new(gateway, _spans), new(gateway, _spans), new(gateway), new(gateway));
        var metrics = new MetricTable(streams);
        var json = Replies.Json;
        All =
        [
            Get("/api/v1/gateway", "What runs here: version, windows, units.", [], json.GatewayAnswer, _ => Gateway()),
            Get("/api/v1/overview", "Now, today, yesterday up to the same time, and this month, for each unit.", [], json.OverviewAnswer, _ => _overview.Now()),
            Get("/api/v1/live", "State and power of each unit, and what is wrong, this moment.", [], json.LiveAnswer, _ => _live.Now()),
            new("GET", "/api/v1/stream", "The live answer every second as server-sent events named live; a reader that falls eight messages behind is ended.", [], null, new LiveEndpoint(streams).HandleAsync) { ContentType = "text/event-stream" },
            Get("/api/v1/history", "Windows of a unit as columns of one length, the newest revision of each; times are Unix seconds.", [Unit, From, To, Kind], json.HistoryAnswer, History),
            Get("/api/v1/samples", "Samples of a point out of the input log, down-sampled to at most 600 spans: how many with and without a value, and what they were.", [new("point", true, "A point, written device.point."), new("from", false, "ISO 8601; by default an hour before to."), To], json.SamplesAnswer, Samples),
            Get("/api/v1/sums", "Exact sums of a unit over a span, with the totals of every counter behind them.", [Unit, From, To], json.SumsAnswer, Sums),
            Get("/api/v1/record", "One window record: where its figures come from.", [Unit, Kind with { Required = true }, new("start", true, "Start of the window, ISO 8601."), new("id", false, "Window id; empty up to 1h.")], json.RecordAnswer, Record),
            Get("/api/v1/products", "What a unit and those below it made by product, window by window and in all, and what it took; the rows of a window add up to it.", [Unit, Kind with { Required = true, Doc = "Kind of window such as shift, 1d or batch." }, From, To], json.ProductsAnswer, Products),
            Get("/api/v1/flow", "Electricity of every unit over a span, and the unmetered rest of each meter above others.", [new("span", false, "today, yesterday or month; by default today.")], json.FlowAnswer, q => _flow.Of(q.Text("span") ?? "today")),
            Get("/api/v1/heat", "Electricity of a unit by local hour and day, the newest day last.", [Unit, new("days", false, "1 to 62; by default 14.")], json.HeatAnswer, q => _heat.Of(q.Unit(_gateway), q.Number("days") ?? 14)),
            Get("/api/v1/devices", "Connections, devices and newest samples; publishers and their backlog; quarantine; the box.", [], json.DevicesAnswer, _ => _devices.Now()),
            Get("/api/v1/events", "Events, the newest first, a hundred at a time.", [new("before", false, "Only events with a smaller id."), new("kind", false, "Only events of this kind, such as reset, or operator for the audit.")], json.EventsAnswer,
                q => _events.Before(q.Number("before") ?? long.MaxValue, q.Text("kind"))),
            Get("/api/v1/users", "Who may log in, and with which role; for admins.", [], json.UsersAnswer, _ => gate.Users()) with { Role = Role.Admin },
            .. PageAction.All.Select(a => new Route("POST", "/api/v1/actions/" + a.Name, $"{a.Summary} For the role {a.Role.ToString().ToLowerInvariant()} and above; needs the header x-csrf, or a token. It is kept in the audit with the user's name.", [], json.ActionAnswer, actions.For(a)) { Role = a.Role, Body = a.Arguments }),
            new("GET", "/api/v1/session", "Who is logged in, and what a changing request must bring along in the header x-csrf.", [], json.SessionAnswer, gate.SessionAsync) { Open = true },
            new("POST", "/api/v1/login", "Begins a session: {user, password} as JSON; sets a cookie. Failed attempts are slowed down.", [], null, gate.LoginAsync) { Open = true },
            new("POST", "/api/v1/logout", "Ends the session; needs the header x-csrf.", [], null, gate.LogoutAsync) { Open = true },
            new("GET", "/healthz", "200 while the process does its work, else 503; the reasons are in the answer.", [], json.HealthAnswer, HealthAsync) { Open = true },
            new("GET", "/readyz", "200 while measurements are taken and kept, else 503; the reasons are in the answer.", [], json.HealthAnswer, ReadyAsync) { Open = true },
            new("GET", "/metrics", "Metrics in the text format of Prometheus.", [], null, c => Replies.TextAsync(c, MetricsText.ContentType, MetricsText.Render(metrics.All, gateway))) { ContentType = "text/plain" },
        ];
    }

    /// <summary>The rows.</summary>
    public IReadOnlyList<Route> All { get; }

    private static Route Get<T>(string path, string summary, IReadOnlyList<RouteParameter> parameters, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> shape, Func<Query, T?> answer) where T : class =>
        new("GET", path, summary, parameters, shape, context => answer(new Query(context.Request)) is { } found
            ? Replies.JsonAsync(context, shape, found)
            : Replies.ErrorAsync(context, StatusCodes.Status404NotFound, "There is no such window."));

    private GatewayAnswer Gateway()
    {
        var (map, plan) = (_gateway.Plant.Map, _gateway.Plant.Metering);
        return new(map.Gateway.Id, _gateway.Version, map.Gateway.Timezone, Texts.Time(_gateway.StartedAt), plan.BaseWindow.Name, [.. plan.LongerWindows.Concat(map.Metering.Calendar).Distinct().Select(k => k.Name)],
        [
            .. plan.Units.Select((u, i) => new UnitAnswer(u.Path, u.Parent < 0 ? null : plan.Units[u.Parent].Path, u.Inputs.Any(i => i.Carrier == Carrier.Electricity), u.Inputs.Any(i => i.Role == InputRole.Good), u.StateSlot >= 0,
                UnitTargets.Item(map, u.Path), u.Output?.Product is { Length: > 0 } product ? product : null, UnitTargets.Of(map, u.Path), [.. u.Gauges.Select(g => plan.Points[g].Path)], ProductsReport.Knows(_gateway.Plant, i))),
        ]);
    }

    private HistoryAnswer History(Query query)
    {
        var unit = query.Unit(_gateway);
        var (from, to) = query.Span(_gateway);
        return _history.Of(unit.Id, unit.Path, _history.KindFor(from, to, query.Kind()), from, to);
    }

    private ProductsAnswer Products(Query query)
    {
        var unit = query.Unit(_gateway);
        query.Needed("kind");
        var (from, to) = query.Span(_gateway);
        return _products.Of(unit, query.Kind()!.Value, from, to);
    }

    private SamplesAnswer Samples(Query query)
    {
        var name = query.Needed("point");
        var point = _gateway.Plant.Metering.Points.FirstOrDefault(p => p.Path == name) ?? throw new BadRequestException($"There is no point '{name}'; /api/v1/devices lists them.");
        var (from, to) = query.Span(_gateway, hours: 1);
        return _samples.Of(point, from, to);
    }

    private SumsAnswer Sums(Query query)
    {
        var unit = query.Unit(_gateway);
        var (from, to) = query.Span(_gateway);
        return new SumsReport(_gateway.Plant).Of(_spans.Read(unit.Id, from, to), unit.Path, withInputs: true);
    }

    private RecordAnswer? Record(Query query)
    {
        var unit = query.Unit(_gateway);
        query.Needed("kind");
        query.Needed("start");
        return _records.Of(unit.Id, unit.Path, query.Kind()!.Value, query.Time("start")!.Value, query.Text("id") ?? "");
    }

    private Task HealthAsync(HttpContext context)
    {
        var problem = _check.Problem();
        return Replies.JsonAsync(context, Replies.Json.HealthAnswer,
            new HealthAnswer(problem is null ? "alive" : "stuck", problem is null ? [] : [new Alarm("ingest_stuck", Alarms.Stop, "", null, problem + " Restart the gateway and report it.")]),
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private Task ReadyAsync(HttpContext context)
    {
        var alarms = _live.Now().Alarms;
        var ready = !alarms.Any(a => a.Severity == Alarms.Stop);
        return Replies.JsonAsync(context, Replies.Json.HealthAnswer, new HealthAnswer(ready ? "ready" : "not_ready", _gate.Who(context) is null ? [] : alarms), ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
