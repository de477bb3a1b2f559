using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Tests.Publishing;

/// <summary>A target whose answers the test writes; what it was offered is kept in order.</summary>
internal sealed class ScriptedPublisher(Func<long, int, Outcome> answer) : IPublisher
{
    private readonly Lock _gate = new();
    private readonly List<long> _offered = [];
    private readonly Dictionary<long, int> _times = [];

    public string Name => "target";

    public IReadOnlyList<RecordStream> Streams { get; init; } = [RecordStream.Records];

    public bool FromOldest { get; init; }

    public Func<WindowKind, bool> Chosen { get; init; } = _ => true;

    public int Connects { get; private set; }

    /// <summary>Ids in the order they were offered.</summary>
    public long[] Offered
    {
        get
        {
            lock (_gate) return [.. _offered];
        }
    }

    public bool Wants(WindowKind kind) => Chosen(kind);

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
