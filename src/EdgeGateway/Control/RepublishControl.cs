using System.Globalization;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Exporting;
using EdgeGateway.Pipeline.Control;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Control;

/// <summary><c>republish</c>: a stretch of the log to one publisher of the running gateway again.</summary>
/// <param name="publishers">The loops that run.</param>
internal sealed class RepublishControl(Func<IReadOnlyList<PublisherLoop>> publishers) : IControlCommand
{
    private const int GreatestRate = 100_000;

    public string Name => "republish";

    public Task<ControlReply> RunAsync(ControlRequest request, CancellationToken cancellationToken) => Task.FromResult(Run(request));

    private ControlReply Run(ControlRequest request)
    {
        var running = publishers();
        var names = running.Select(p => p.Health.Name).ToArray();
        if (request.Argument("publisher") is not { } name || running.FirstOrDefault(p => p.Health.Name == name) is not { } loop)
        {
            return ControlReply.Refused($"There is no publisher '{request.Argument("publisher")}'{Spelling.Ending(request.Argument("publisher") ?? "", names)}");
        }
        if (RangeWords.TryParse(request.Argument("from"), request.Argument("to"), request.Argument("streams") ?? "records", out var range) is { } wrong) return ControlReply.Refused(wrong);
        var rate = RepublishOrder.UsualRate;
        if (request.Argument("rate") is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out rate) || rate is < 1 or > GreatestRate)) return ControlReply.Refused($"rate: expected items a second, 1 to {GreatestRate}.");
        return loop.Republish(new RepublishOrder(range!, rate))
            ? ControlReply.Done(string.Create(CultureInfo.InvariantCulture, $"{name}: {RangeWords.Of(range!.Streams)} from {UtcMicros.Format(range.From)} to {UtcMicros.Format(range.To)} go out again, at most {rate} items a second. The log says when it is done."))
            : ControlReply.Refused($"{name} is republishing already; wait until the log says that it is done.");
    }
}
