using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Events;

namespace EdgeGateway.Dashboard.Api;

/// <summary>Events, the newest first, page by page; all, or those of one kind.</summary>
internal sealed class EventsReport(IGatewayView gateway)
{
    private const int PageSize = 100, MostPages = 100;

    /// <summary>Events with an id below <paramref name="before"/>. Of one kind, at most ten thousand are looked through for an answer; <c>before</c> in it says where to go on.</summary>
    public EventsAnswer Before(long before, string? kind)
    {
        var found = new List<EventAnswer>();
        var top = Math.Min(before - 1, gateway.Store.DurableEventId);
        for (var pages = 0; top > 0 && pages < MostPages && found.Count < PageSize; pages++)
        {
            var from = Math.Max(0, top - PageSize);
            foreach (var row in gateway.Store.ReadEvents(from, PageSize).Where(e => e.Id <= top).Reverse())
            {
                top = row.Id - 1;
                if (kind is null || row.Happening.Kind.Word() == kind) found.Add(Answer(row));
                if (found.Count == PageSize) break;
            }
            if (found.Count < PageSize) top = from;
        }
        return new(found, top > 0 ? top + 1 : null);
    }

    private static EventAnswer Answer(StoredEvent row) =>
        new(row.Id, row.Happening.Kind.Word(), Texts.Time(row.Happening.At), row.Happening.Subject, row.Happening.Details.GroupBy(d => d.Key).ToDictionary(d => d.Key, d => d.First().Value));
}
