using EdgeGateway.Records.Events;

namespace EdgeGateway.Dashboard.Api;

/// <summary>Events, the newest first, page by page.</summary>
internal sealed class EventsReport(IGatewayView gateway)
{
    private const int PageSize = 100;

    /// <summary>Events with an id below <paramref name="before"/>.</summary>
    public EventsAnswer Before(long before)
    {
        var top = Math.Min(before - 1, gateway.Store.DurableEventId);
        var from = Math.Max(0, top - PageSize);
        var rows = gateway.Store.ReadEvents(from, PageSize).Where(e => e.Id <= top).Reverse();
        return new([.. rows.Select(e => new EventAnswer(e.Id, e.Happening.Kind.Word(), Texts.Time(e.Happening.At), e.Happening.Subject, e.Happening.Details.GroupBy(d => d.Key).ToDictionary(d => d.Key, d => d.First().Value)))], from > 0 ? from + 1 : null);
    }
}
