using EdgeGateway.Pipeline.Publishing;

namespace EdgeGateway.Publishers.Mqtt.Sending;

/// <summary>Remembers what was sent and not acknowledged, so that its next try can say that it may be a second one. Bounded by a batch. Not thread-safe.</summary>
internal sealed class ResentMarks
{
    private readonly HashSet<(Type Kind, long Id)> _unsure = [];

    /// <summary>True where an item was under way before; it is forgotten then.</summary>
    public bool Take(PublishItem item) => _unsure.Count > 0 && _unsure.Remove((item.GetType(), item.Id));

    /// <summary>Marks the first <paramref name="sent"/> items of a batch that broke, those without an answer.</summary>
    public void Mark(IReadOnlyList<PublishItem> items, Outcome[] outcomes, int sent)
    {
        _unsure.Clear();
        for (var i = 0; i < sent; i++)
        {
            if (outcomes[i].Kind == OutcomeKind.Retry) _unsure.Add((items[i].GetType(), items[i].Id));
        }
    }
}
