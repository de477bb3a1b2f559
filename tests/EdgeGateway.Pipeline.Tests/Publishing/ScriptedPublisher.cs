using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Pipeline.Tests.Contract;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Tests.Publishing;

/// <summary>A target whose answers the test writes; what it was offered is kept in order.</summary>
internal sealed class ScriptedPublisher(Func<long, int, Outcome> answer) : IPublisher
{
    private readonly Lock _gate = new();
    private readonly List<long> _offered = [];
    private readonly Dictionary<long, int> _times = [];

    public string Name => "target";

    public bool FromOldest { get; init; }

    public PublisherChoice Choice { get; init; } = new() { Streams = [RecordStream.Records], Windows = [WindowKind.Minute] };

    public ChosenData Chosen => new(Choice with { FromOldest = FromOldest }, new Plant());

    public long BytesSent => 0;

    public int Connects { get; private set; }

    /// <summary>Ids in the order they were offered.</summary>
    public long[] Offered
    {
        get
        {
            lock (_gate) return [.. _offered];
        }
    }

    public Task ConnectAsync(CancellationToken cancellationToken)
    {
        Connects++;
        return Task.CompletedTask;
    }

    public Task PublishAsync(IReadOnlyList<PublishItem> items, Outcome[] outcomes, CancellationToken cancellationToken)
    {
        for (var i = 0; i < items.Count; i++)
        {
            lock (_gate)
            {
                _offered.Add(items[i].Id);
                _times[items[i].Id] = _times.GetValueOrDefault(items[i].Id) + 1;
            }
            outcomes[i] = answer(items[i].Id, _times[items[i].Id]);
        }
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
