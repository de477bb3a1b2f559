using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Carbon;

/// <summary>What a unit's inputs say of one carrier, by the part they play.</summary>
internal struct CarrierUse
{
    private int _sources, _internal;

    public int Inputs { get; private set; }

    public Dimension Dimension { get; private set; }

    /// <summary>True where inputs are counted in dimensions that cannot be added.</summary>
    public bool IsMixed { get; private set; }

    public Basis Basis { get; private set; }

    public Amount Purchased { get; private set; }

    public Amount Generated { get; private set; }

    public Amount Internal { get; private set; }

    /// <summary>Taken out of a store, less what was put in.</summary>
    public Amount Stored { get; private set; }

    /// <summary>Used in all, wherever it came from.</summary>
    public readonly Amount All => Purchased + Generated + Internal + Stored;

    /// <summary>A unit that only generates or stores, such as a roof of solar cells or a battery, uses nothing.</summary>
    public readonly bool IsSourceOnly => Inputs > 0 && _sources == Inputs;

    public readonly bool HasOnlyInternal => Inputs > 0 && _internal == Inputs;

    public void Add(ReadOnlySpan<WindowInput> inputs, Carrier carrier)
    {
        foreach (ref readonly var input in inputs)
        {
            if (input.Carrier != carrier) continue;
            var dimension = carrier.StatedIn(input.Unit);
            IsMixed |= dimension == Dimension.None || (Inputs > 0 && dimension != Dimension);
            Inputs++;
            Basis = Basis.Worst(input.Basis);
            if (input.Role is InputRole.Generated or InputRole.Storage) _sources++;
            if (input.Role == InputRole.Internal) _internal++;
            if (IsMixed) continue;
            Dimension = dimension;
            var amount = input.AmountIn(dimension);
            if (input.Role == InputRole.Generated) Generated += amount;
            else if (input.Role == InputRole.Internal) Internal += amount;
            else if (input.Role == InputRole.Storage) Stored += amount;
            else Purchased += amount;
        }
    }
}
