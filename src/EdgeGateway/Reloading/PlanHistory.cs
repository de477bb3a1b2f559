using System.Globalization;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Differences;
using EdgeGateway.Pipeline.Control;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Reloading;

/// <summary>The configurations that ran: every one is in the store, and every change of them is an event.</summary>
/// <param name="store">The log.</param>
internal sealed class PlanHistory(IStore store)
{
    private const int Page = 1000;

    /// <summary>Answers <c>config</c>: with <c>action</c> history, show or diff; <c>from</c> and <c>to</c> are plan ids.</summary>
    public ControlReply Answer(ControlRequest request)
    {
        var ids = store.PlanIds();
        if (ids.Count == 0) return ControlReply.Refused("No configuration has run on this store yet.");
        switch (request.Argument("action"))
        {
            case "history":
                return ControlReply.Done([.. History(ids)]);
            case "show":
                return Id(request.Argument("from"), ids, ids[^1], out var one) is { } wrong ? ControlReply.Refused(wrong) : ControlReply.Done(Map(one).TrimEnd('\n').Split('\n'));
            case "diff":
                if (Id(request.Argument("from"), ids, ids[Math.Max(0, ids.Count - 2)], out var from) is { } wrongFrom) return ControlReply.Refused(wrongFrom);
                if (Id(request.Argument("to"), ids, ids[^1], out var to) is { } wrongTo) return ControlReply.Refused(wrongTo);
                return ControlReply.Done([.. Difference(from, to).DefaultIfEmpty("Both mean the same.")]);
            default:
                return ControlReply.Refused("config takes 'action': history, show or diff.");
        }
    }

    /// <summary>What the second plan has differently, in words.</summary>
    public IEnumerable<string> Difference(int from, int to)
    {
        var registrations = new Registrations();
        return MapDifference.Between(Map(from), Map(to), registrations.DriverSchemas, registrations.PublisherSchemas).Changes.Select(c => c.Words);
    }

    private IEnumerable<string> History(IReadOnlyList<int> ids)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        for (var (after, page) = (0L, store.ReadEvents(0, Page)); page.Count > 0; page = store.ReadEvents(after, Page))
        {
            foreach (var (id, happening) in page)
            {
                after = id;
                if (happening.Kind != EventKind.OperatorWord) continue;
                var details = happening.Details.DistinctBy(d => d.Key).ToDictionary(d => d.Key, d => d.Value, StringComparer.Ordinal);
                var (verb, by) = (details.GetValueOrDefault("verb"), details.GetValueOrDefault("by", "?"));
                var at = UtcMicros.Format(happening.At / UtcMicros.PerSecond * UtcMicros.PerSecond);
                if (verb == "plan_refused") yield return $"{at}  refused ({by}): {details.GetValueOrDefault("first")}";
                if (verb != "plan" || details.GetValueOrDefault("plan") is not { } plan) continue;
                told.Add(plan);
                yield return $"{at}  plan {plan} ({by})";
                foreach (var line in details.GetValueOrDefault("changes", "").Split('\n', StringSplitOptions.RemoveEmptyEntries)) yield return "    " + line;
            }
        }
        foreach (var id in ids.Select(i => i.ToString(CultureInfo.InvariantCulture)).Where(i => !told.Contains(i))) yield return $"plan {id}: stored without a word about its start.";
    }

    private string Map(int id) => store.PlanBody(id) is { } body ? StoredPlan.Read(body).Map : "";

    private static string? Id(string? text, IReadOnlyList<int> ids, int otherwise, out int id)
    {
        id = otherwise;
        if (string.IsNullOrEmpty(text)) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && ids.Contains(id) ? null : $"There is no plan '{text}': 'config history' lists them, {ids[0]} to {ids[^1]}.";
    }
}
