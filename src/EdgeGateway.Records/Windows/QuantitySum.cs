using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Records.Windows;

/// <summary>Sum over inputs and segments: the amount, its dimension, its worst basis and its bound.</summary>
public struct QuantitySum
{
    private Amount _bound;
    private bool _unbounded;

    /// <summary>Inputs added.</summary>
    public int Count { get; private set; }

    /// <summary>The sum, exactly, in the base unit of <see cref="Dimension"/>.</summary>
    public Amount Total { get; private set; }

    /// <summary>What it is stated in.</summary>
    public Dimension Dimension { get; private set; }

    /// <summary>True where an input is measured otherwise than those before: they cannot be added, and the sum means nothing.</summary>
    public bool IsMixed { get; private set; }

    /// <summary>How it is known: the worst of what it is made of.</summary>
    public Basis Worst { get; private set; }

    /// <summary>Sum of the bounds; null as soon as one input has none.</summary>
    public readonly Amount? Bound => _unbounded ? null : _bound;

    /// <summary>The inputs of a carrier.</summary>
    /// <exception cref="OverflowException">The sum is beyond what an amount holds.</exception>
    public static QuantitySum Of(WindowRecord record, Carrier carrier)
    {
        var sum = default(QuantitySum);
        foreach (ref readonly var input in record.Inputs)
        {
            if (input.Carrier == carrier) sum.Add(input);
        }
        return sum;
    }

    /// <summary>The inputs of a role, such as good pieces.</summary>
    /// <exception cref="OverflowException">The sum is beyond what an amount holds.</exception>
    public static QuantitySum Of(WindowRecord record, InputRole role)
    {
        var sum = default(QuantitySum);
        foreach (ref readonly var input in record.Inputs)
        {
            if (input.Role == role) sum.Add(input);
        }
        return sum;
    }

    /// <summary>Adds an input.</summary>
    /// <exception cref="OverflowException">The sum is beyond what an amount holds.</exception>
    public void Add(in WindowInput input)
    {
        var dimension = input.Carrier == Carrier.None ? input.Unit.Measures() : input.Carrier.StatedIn(input.Unit);
        IsMixed |= (Count > 0 && dimension != Dimension) || (input.Carrier != Carrier.None && dimension == Dimension.None);
        Count++;
        Worst = Worst.Worst(input.Basis);
        if (IsMixed) return;
        Dimension = dimension;
        Total += input.AmountIn(dimension);
        if (input.Bound == long.MaxValue) _unbounded = true;
        else _bound += Amount.Of(input.Bound, input.Step, input.Ratio, input.Unit, dimension);
    }

    /// <summary>The share of a machine state in the sum of <paramref name="carrier"/>.</summary>
    /// <exception cref="OverflowException">It is beyond what an amount holds.</exception>
    public readonly Amount ShareOf(WindowRecord record, Carrier carrier, MachineState state)
    {
        var share = default(Amount);
        foreach (ref readonly var input in record.Inputs)
        {
            if (input.Carrier == carrier) share += Amount.Of(checked(input.ByState[(int)state] * input.Sign), input.Step, input.Ratio, input.Unit, Dimension);
        }
        return share;
    }
}
