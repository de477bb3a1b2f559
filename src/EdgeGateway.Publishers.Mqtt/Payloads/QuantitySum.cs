using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Mqtt.Payloads;

/// <summary>Sum over inputs and segments: the amount, its worst basis and its bound.</summary>
internal struct QuantitySum
{
    private Amount _bound;
    private bool _unbounded;

    /// <summary>Inputs added.</summary>
    public int Count { get; private set; }

    public Amount Total { get; private set; }

    public Basis Worst { get; private set; }

    /// <summary>Sum of the bounds; null as soon as one input has none.</summary>
    public readonly Amount? Bound => _unbounded ? null : _bound;

    /// <exception cref="OverflowException">The sum is beyond what an amount holds.</exception>
    public void Add(in WindowInput input)
    {
        Count++;
        Total += input.Amount;
        Worst = Worst.Worst(input.Basis);
        if (input.BoundAmount is { } bound) _bound += bound;
        else _unbounded = true;
    }
}
