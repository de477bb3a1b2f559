using EdgeGateway.Pipeline.Publishing;

namespace EdgeGateway.Publishers.Mqtt.Sending;

/// <summary>Remembers what was sent and not acknowledged, so that its next try can say that it may be a second one. Bounded by a batch. Not thread-safe.</summary>
internal sealed class ResentMarks
{
    private readonly HashSet<(Type Kind, long Id)> _unsure = [];

    /// <summary>True where one of some items was under way before; they are forgotten then.</summary>
    public bool Take(IReadOnlyList<PublishItem> items, int first, int last)
    {
        var found = false;
        for (var i = first; _unsure.Count > 0 && i <= last; i++) found |= _unsure.Remove((items[i].GetType(), items[i].Id));
        return found;
    }

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
