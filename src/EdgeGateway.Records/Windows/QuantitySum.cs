using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Records.Windows;

/// <summary>Sum over inputs and segments: the amount, its worst basis and its bound.</summary>
public struct QuantitySum
{
    private Amount _bound;
    private bool _unbounded;

    /// <summary>Inputs added.</summary>
    public int Count { get; private set; }

    /// <summary>The sum, exactly.</summary>
    public Amount Total { get; private set; }

    /// <summary>How it is known: the worst of what it is made of.</summary>
    public Basis Worst { get; private set; }

    /// <summary>Sum of the bounds; null as soon as one input has none.</summary>
    public readonly Amount? Bound => _unbounded ? null : _bound;

    /// <summary>Adds an input.</summary>
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
