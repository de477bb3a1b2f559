using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Carbon;

/// <summary>Where a carrier came from during a window, at the supply boundary: what its lines used is charged in this proportion.</summary>
/// <remarks>Exports are taken off what was bought, and what was bought never falls below nothing: sold electricity offsets no other emission. What a store takes in is charged to those who used something meanwhile, and what it gives is free: so each kWh that was bought is charged once, when it was bought.</remarks>
/// <param name="summed">True where no meter stands at the boundary: what is bought is then what lines use, less what was made.</param>
public struct SupplyMix(bool summed)
{
    private Amount _net, _stored;

    /// <summary>Inputs at the boundary.</summary>
    public int Inputs { get; private set; }

    /// <summary>Made on the site from nothing that is counted elsewhere, such as sunlight.</summary>
    public Amount Generated { get; private set; }

    /// <summary>Made on the site from another carrier, which is charged instead.</summary>
    public Amount Internal { get; private set; }

    /// <summary>Worst basis of the inputs.</summary>
    public Basis Basis { get; private set; }

    /// <summary>Bought, less what was sold; never negative.</summary>
    public readonly Amount Purchased => Bought.Quanta > 0 ? Bought : default;

    /// <summary>What was used: bought and made, less what was sold.</summary>
    public readonly Amount Use => summed ? _net : _net + Generated + Internal + _stored;

    /// <summary>What the amounts are counted in.</summary>
    public Dimension Dimension { get; private set; }

    /// <summary>True where inputs are counted in dimensions that cannot be added, such as m³ and Nm³.</summary>
    public bool IsMixed { get; private set; }

    /// <summary>Adds an input of the boundary.</summary>
    /// <exception cref="OverflowException">The sum is out of range.</exception>
    public void Add(in WindowInput input)
    {
        var dimension = input.Carrier.StatedIn(input.Unit);
        IsMixed |= dimension == Dimension.None || (Inputs > 0 && dimension != Dimension);
        Inputs++;
        Basis = Basis.Worst(input.Basis);
        if (IsMixed) return;
        Dimension = dimension;
        var amount = input.AmountIn(dimension);
        if (input.Role == InputRole.Generated) Generated += amount;
        else if (input.Role == InputRole.Internal) Internal += amount;
        else if (input.Role == InputRole.Storage) _stored += amount;
        else _net += amount;
    }

    private readonly Amount Bought => summed ? _net - Generated - Internal - _stored : _net;
}
