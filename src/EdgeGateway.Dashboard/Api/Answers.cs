using System.Text.Json.Serialization;
using EdgeGateway.Dashboard.Health;

namespace EdgeGateway.Dashboard.Api;

/// <summary>A number of the gateway as it may be shown: exact decimal text, its unit, how it is known.</summary>
/// <param name="Value">Exact decimal text, or null with a reason.</param>
/// <param name="Unit">Symbol of its unit, "" for a bare number.</param>
/// <param name="Basis">exact, estimated, lower_bound, provisional or none.</param>
/// <param name="Bound">How far it may be off, in the same unit, or null.</param>
/// <param name="Reason">Why there is no value.</param>
internal sealed record Quantity(string? Value, string Unit, string Basis, string? Bound = null, string? Reason = null);

/// <summary>A figure by its name in records.</summary>
internal sealed record NamedQuantity(string Id, Quantity Quantity);

/// <summary>What one counter gave: the arithmetic behind a sum. (t1 − t0) ÷ 65 536 × step × ratio × sign.</summary>
internal sealed record InputAnswer(string? Point, string Role, string Carrier, int Epoch, int Sign, string T0, string T1, string Step, string Ratio, string Unit, string AmountUnit, string Amount, string Basis, string? Bound, IReadOnlyList<string> Flags);

/// <summary>Sums of a unit over a span or a window.</summary>
internal sealed record SumsAnswer(string Unit, string From, string To, IReadOnlyDictionary<string, Quantity> Carriers, Quantity? Good, Quantity? Scrap,
    IReadOnlyList<NamedQuantity> Figures, IReadOnlyDictionary<string, string> StateSeconds, IReadOnlyDictionary<string, string> EnergyByState, string Coverage, IReadOnlyList<string> Flags,
    IReadOnlyDictionary<string, int> Windows, IReadOnlyList<InputAnswer> Inputs, IReadOnlyList<SetAnswer> Sets);

/// <summary>A set of coefficients or factors that records rest on, and its rows for what was used; without rows where the set in force is another one.</summary>
internal sealed record SetAnswer(string Kind, string Stamp, bool InForce, IReadOnlyList<FactorAnswer> Rows);

/// <summary>A row of a set with its citation.</summary>
internal sealed record FactorAnswer(string Use, string Carrier, string Value, string Unit, string Region, int Year, string From, bool Verified, string Derivation, string Document, string Source);

/// <summary>A unit now.</summary>
internal sealed record LiveUnit(string Unit, string? Parent, string State, string? PowerKw, string PowerQuality);

/// <summary>The live message.</summary>
internal sealed record LiveAnswer(string T, string Gateway, bool ClockVerified, long DurableRecord, long DurableEvent, IReadOnlyList<LiveUnit> Units, IReadOnlyList<Alarm> Alarms);

/// <summary>A unit's part of the overview.</summary>
/// <param name="Unit">Its name.</param>
/// <param name="Parent">The unit above, or null.</param>
/// <param name="Item">What its pieces are called.</param>
/// <param name="Targets">Aims of the map, by the name of the figure.</param>
/// <param name="Today">Since midnight of the plant.</param>
/// <param name="Yesterday">Yesterday up to the same time.</param>
/// <param name="Month">Since the first of the month.</param>
internal sealed record OverviewUnit(string Unit, string? Parent, string Item, IReadOnlyDictionary<string, string> Targets, SumsAnswer Today, SumsAnswer Yesterday, SumsAnswer Month);

/// <summary>The overview.</summary>
internal sealed record OverviewAnswer(string Gateway, string T, string Timezone, string DayStart, string MonthStart, LiveAnswer Now, IReadOnlyList<OverviewUnit> Units);

/// <summary>A unit of the plant.</summary>
internal sealed record UnitAnswer(string Unit, string? Parent, bool HasElectricity, bool HasOutput, bool HasState, string Item, string? Product, IReadOnlyDictionary<string, string> Targets, IReadOnlyList<string> Gauges, bool ByProduct);

/// <summary>What runs here.</summary>
internal sealed record GatewayAnswer(string Gateway, string Version, string Timezone, string Started, string BaseWindow, IReadOnlyList<string> Windows, IReadOnlyList<UnitAnswer> Units);

/// <summary>Windows of a unit as columns of one length, by start; a window that is not there is not in them.</summary>
internal sealed record HistoryAnswer(string Unit, string Kind, string From, string To, bool Truncated, IReadOnlyList<long> StartS, IReadOnlyList<long> LengthS, IReadOnlyList<string> WindowId,
    IReadOnlyList<string?> Kwh, IReadOnlyList<string> Basis, IReadOnlyList<string?> Good, IReadOnlyList<string> Coverage, IReadOnlyList<double?> PowerMeanKw, IReadOnlyList<double?> PowerMinKw,
    IReadOnlyList<double?> PowerMaxKw, IReadOnlyList<IReadOnlyList<double>> StateS, IReadOnlyDictionary<string, IReadOnlyList<string?>> Figures);

/// <summary>Samples of a point, down-sampled: columns of one length. Gauges have mean, min and max of each span; counters and states the last register value.</summary>
internal sealed record SamplesAnswer(string Point, string Kind, string Unit, string From, string To, bool Truncated, long SpanS, IReadOnlyList<long> StartS, IReadOnlyList<int> Good, IReadOnlyList<int> Bad,
    IReadOnlyList<double?> Mean, IReadOnlyList<double?> Min, IReadOnlyList<double?> Max, IReadOnlyList<string?> Register);

/// <summary>A window record.</summary>
internal sealed record RecordAnswer(string Gateway, string Kind, string Id, long Epoch, long Seq, bool Void, SumsAnswer Sums, IReadOnlyList<GaugeAnswer> Gauges, IReadOnlyList<BatchAnswer> Segments);

/// <summary>A gauge over a window.</summary>
internal sealed record GaugeAnswer(string? Point, string Unit, double? Mean, double? Min, double? Max, double? Last, string CoveredS);

/// <summary>A stretch of a window between two cuts.</summary>
internal sealed record BatchAnswer(string Start, string End, string Cut, string? Batch, string? Product);

/// <summary>A connection.</summary>
internal sealed record ConnectionAnswer(string Name, string Driver, bool Connected, string? LastError, long Requests, long Responses, long BytesSent, long BytesReceived, long Connects, long SkippedCycles, long StrayFrames,
    long ForeignFrames, long RefusedDialIns, string Utilisation, IReadOnlyList<DeviceAnswer> Devices);

/// <summary>A device.</summary>
internal sealed record DeviceAnswer(string Name, string? Template, bool Online, string? LastError, string? LastGood, string RoundTripMs, string MeanRoundTripMs, string SlowestRoundTripMs, long SkippedCycles, long SecondAnswers, long Errors, long Timeouts, long Exceptions, long Malformed, string? ClockAheadS, long ReplacedTimes, IReadOnlyList<PointAnswer> Points);

/// <summary>A point's newest sample.</summary>
/// <param name="Point">Name within its device.</param>
/// <param name="Kind">gauge, counter, state or text.</param>
/// <param name="Unit">Symbol of its unit.</param>
/// <param name="Value">Value, or null where the sample has none.</param>
/// <param name="Raw">Steps of a counter's register.</param>
/// <param name="Quality">good, uncertain, or why there is no value.</param>
/// <param name="T">Time of the sample.</param>
/// <param name="Words">What the device sent: registers as hexadecimal words, or type and value. Null before the second question, and where nothing was sent.</param>
/// <param name="Poll">Poll period.</param>
internal sealed record PointAnswer(string Point, string Kind, string Unit, string? Value, string? Raw, string Quality, string? T, string? Words, string Poll);

/// <summary>A publisher.</summary>
internal sealed record PublisherAnswer(string Name, bool Connected, string? LastError, long Accepted, long Retried, long Rejected, long Skipped, long Failures, long BytesSent, IReadOnlyDictionary<string, long> Backlog);

/// <summary>An item that a target refused for good.</summary>
internal sealed record QuarantineAnswer(string Publisher, string Stream, long Id, string At, string Reason);

/// <summary>The state of the box beside its buses.</summary>
internal sealed record BoxAnswer(bool ClockTrusted, bool ClockVerified, string ClockSource, string ClockAheadS, long ClockSteps, string? StoreFault, int StorePending, long StoreCommits, long StoreRecords, long StoreFailures, long MemoryBytes, int LiveClients, long LiveDropped,
    IReadOnlyDictionary<string, long> Metering);

/// <summary>Buses, publishers, quarantine and box.</summary>
internal sealed record DevicesAnswer(string T, IReadOnlyList<ConnectionAnswer> Connections, IReadOnlyList<PublisherAnswer> Publishers, IReadOnlyList<QuarantineAnswer> Quarantine, BoxAnswer Box);

/// <summary>An event.</summary>
internal sealed record EventAnswer(long Id, string Event, string At, string Subject, IReadOnlyDictionary<string, string> Details);

/// <summary>Events, the newest first.</summary>
internal sealed record EventsAnswer(IReadOnlyList<EventAnswer> Events, long? Before);

/// <summary>Health.</summary>
internal sealed record HealthAnswer(string Status, IReadOnlyList<Alarm> Reasons);

/// <summary>A unit's share of the flow: its energy, and what its own meter counts and no meter below explains.</summary>
internal sealed record FlowNode(string Unit, string? Parent, Quantity? Energy, Quantity? Rest);

/// <summary>The flow over a span.</summary>
internal sealed record FlowAnswer(string From, string To, IReadOnlyList<FlowNode> Nodes);

/// <summary>An hour of a heat map.</summary>
internal sealed record HeatHour(string Start, string? Kwh, string Basis, string Coverage);

/// <summary>A local day of a heat map: 24 places, null where nothing is known.</summary>
internal sealed record HeatDay(string Day, IReadOnlyList<HeatHour?> Hours);

/// <summary>Electricity by local hour and day, the newest day last.</summary>
internal sealed record HeatAnswer(string Unit, IReadOnlyList<HeatDay> Days);

/// <summary>A product in a window: what all units that made it took.</summary>
internal sealed record ProductRow(string? Product, IReadOnlyList<string> Units, long StartS, long LengthS, string WindowId, SumsAnswer Sums);

/// <summary>A product over the whole span.</summary>
internal sealed record ProductTotal(string? Product, IReadOnlyList<string> Units, SumsAnswer Sums);

/// <summary>What was made by product, window by window and in all; of no known product where it is null.</summary>
internal sealed record ProductsAnswer(string Unit, string Kind, string From, string To, bool Truncated, IReadOnlyList<ProductRow> Rows, IReadOnlyList<ProductTotal> Totals);

/// <summary>What an action has to say.</summary>
internal sealed record ActionAnswer(IReadOnlyList<string> Lines);

/// <summary>A user or a machine's token, without its secret.</summary>
internal sealed record UserAnswer(string Name, string Role, string Kind);

/// <summary>Who may log in.</summary>
internal sealed record UsersAnswer(IReadOnlyList<UserAnswer> Users);

/// <summary>Who is logged in.</summary>
internal sealed record SessionAnswer(string? User, string Role, string Csrf);

/// <summary>A wish to log in.</summary>
internal sealed record LoginRequest(string? User, string? Password);

/// <summary>What was wrong with a request.</summary>
internal sealed record ErrorAnswer(string Error);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DictionaryKeyPolicy = JsonKnownNamingPolicy.Unspecified)]
[JsonSerializable(typeof(GatewayAnswer))]
[JsonSerializable(typeof(OverviewAnswer))]
[JsonSerializable(typeof(LiveAnswer))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(SamplesAnswer))]
[JsonSerializable(typeof(SumsAnswer))]
[JsonSerializable(typeof(RecordAnswer))]
[JsonSerializable(typeof(FlowAnswer))]
[JsonSerializable(typeof(HeatAnswer))]
[JsonSerializable(typeof(ProductsAnswer))]
[JsonSerializable(typeof(ActionAnswer))]
[JsonSerializable(typeof(UsersAnswer))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(DevicesAnswer))]
[JsonSerializable(typeof(EventsAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
