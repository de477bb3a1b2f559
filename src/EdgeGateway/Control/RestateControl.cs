using System.Globalization;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.References;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Metering.Restating;
using EdgeGateway.Pipeline.Control;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Control;

/// <summary><c>restate</c>: the figures of stored records under other sets. What is said goes into the log with all its numbers, and metering does it from there.</summary>
/// <param name="running">The map that runs; another one after a reload.</param>
/// <param name="say">Appends an operator's word to the log.</param>
/// <param name="time">The clock.</param>
internal sealed class RestateControl(Func<LoadedMap> running, Func<OperatorWord, CancellationToken, Task<long>> say, TimeProvider time) : IControlCommand
{
    public string Name => RestateOrder.Verb;

    public async Task<ControlReply> RunAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var (from, to) = (Day(request, "from", faults), Day(request, "to", faults));
        var coefficients = Set(request, "coefficients", running().Plant.Metering.Coefficients, faults);
        var factors = Set(request, "factors", running().Plant.Metering.Factors, faults);
        var footprint = Set(request, "footprint", running().Plant.Metering.Footprint, faults);
        var policy = Policy(request, faults);
        if (faults.Count == 0 && from >= to) faults.Add("'to' is not after 'from'.");
        if (faults.Count == 0 && coefficients is null && factors is null && footprint is null && running().Plant.Products.IsEmpty) faults.Add("Name a set: neither the map nor the command does.");
        if (faults.Count > 0) return ControlReply.Refused([.. faults]);
        var order = new RestateOrder(from, to, new CarbonPlan(coefficients, factors, footprint, policy, ReferencePlans.DayStart(running().Plant.Gateway.Timezone)));
        var seq = await say(order.ToWord(UtcMicros.From(time.GetUtcNow()), request.By), cancellationToken);
        return ControlReply.Done($"Restating {order}; entry {seq.ToString(CultureInfo.InvariantCulture)} of the log. Records that change are published as revisions, some hundreds a second.");
    }

    private long Day(ControlRequest request, string name, List<string> faults)
    {
        if (DateOnly.TryParseExact(request.Argument(name) ?? "", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return ReferencePlans.DayStart(running().Plant.Gateway.Timezone)(day);
        faults.Add($"'{name}' is a local date, such as 2026-01-01.");
        return 0;
    }

    private ReferenceSet? Set(ControlRequest request, string name, ReferenceSet? otherwise, List<string> faults)
    {
        if (request.Argument(name) is not { Length: > 0 } wanted) return otherwise;
        var shelf = new ReferenceShelf(running().Folder);
        if (shelf.Find(wanted) is not { } found)
        {
            faults.Add($"{name}: there is no set '{wanted}'{Spelling.Ending(wanted, shelf.Names())}");
            return null;
        }
        var wrong = new FaultList();
        var set = ReferenceReader.Read(wanted, found.Document, n => shelf.Find(n)?.Document, shelf.Names, wrong);
        faults.AddRange(wrong.Ordered.Select(f => f.ToString()));
        return set;
    }

    private ReferencePolicy Policy(ControlRequest request, List<string> faults)
    {
        if (request.Argument("factor_year") is not { Length: > 0 } word) return running().Plant.Metering.Policy;
        foreach (var (known, policy) in ReferencePolicies.All)
        {
            if (known == word) return policy;
        }
        faults.Add($"factor_year: '{word}' is neither {string.Join(" nor ", ReferencePolicies.All.Select(p => p.Word))}.");
        return default;
    }
}
