using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Carbon;

/// <summary>Standard coal and emissions of one unit over one window: a pure function of what its record holds, the mix at the supply boundary, and the sets.</summary>
public struct CarbonAccount
{
    private FigureSum _coal, _scope1, _location, _market, _footprint;

    /// <summary>Standard coal; kgce.</summary>
    public readonly FigureSum CoalEquivalent => _coal;

    /// <summary>Fuels burnt; kgCO2.</summary>
    public readonly FigureSum Scope1 => _scope1;

    /// <summary>Bought electricity and heat by location; kgCO2.</summary>
    public readonly FigureSum Location => _location;

    /// <summary>The same by market, before certificates; kgCO2.</summary>
    public readonly FigureSum Market => _market;

    /// <summary>Bought electricity by the footprint's series; kgCO2e.</summary>
    public readonly FigureSum Footprint => _footprint;

    /// <summary>What is to be known of the factors: <see cref="WindowFlags.FactorYear"/>, <see cref="WindowFlags.FactorUnverified"/>.</summary>
    public WindowFlags Flags { get; private set; }

    /// <summary>Scope 1 and location-based scope 2.</summary>
    public readonly FigureSum Carbon
    {
        get
        {
            var sum = _scope1;
            sum.Add(_location);
            return sum;
        }
    }

    /// <summary>Adds one carrier.</summary>
    /// <param name="record">Holds the unit's inputs.</param>
    /// <param name="carrier">The carrier.</param>
    /// <param name="plan">The sets.</param>
    /// <param name="mix">What was supplied at the boundary; without inputs where everything that is used is bought.</param>
    /// <param name="isBoundary">True for the unit whose meters are the boundary.</param>
    /// <returns>The carrier's own coal equivalent.</returns>
    /// <exception cref="OverflowException">An amount is out of range.</exception>
    public FigureSum Add(WindowRecord record, Carrier carrier, CarbonPlan plan, in SupplyMix mix, bool isBoundary) => Add(record, carrier, plan, mix, isBoundary, []);

    /// <summary>Adds one carrier of some segments of a record: what they are charged of the whole, so that accounts of all its segments add up to the record's.</summary>
    /// <param name="record">Holds the unit's inputs.</param>
    /// <param name="carrier">The carrier.</param>
    /// <param name="plan">The sets.</param>
    /// <param name="mix">What was supplied at the boundary over the whole record; without inputs where everything that is used is bought.</param>
    /// <param name="isBoundary">True for the unit whose meters are the boundary.</param>
    /// <param name="taken">For each segment whether it is taken; empty for all.</param>
    /// <returns>The carrier's own coal equivalent.</returns>
    /// <exception cref="OverflowException">An amount is out of range.</exception>
    public FigureSum Add(WindowRecord record, Carrier carrier, CarbonPlan plan, in SupplyMix mix, bool isBoundary, ReadOnlySpan<bool> taken)
    {
        var coal = default(FigureSum);
        var whole = default(CarrierUse);
        foreach (ref readonly var segment in record.Segments) whole.Add(record.InputsOf(segment), carrier);
        if (whole.Inputs == 0 || whole.IsSourceOnly) return coal;
        for (var i = 0; i < record.Segments.Length; i++)
        {
            if (!taken.IsEmpty && !taken[i]) continue;
            ref readonly var segment = ref record.Segments[i];
            var use = default(CarrierUse);
            use.Add(record.InputsOf(segment), carrier);
            if (use.Inputs > 0) AddSegment(segment, carrier, plan, use, whole, mix, isBoundary, ref coal);
        }
        _coal.Add(coal);
        return coal;
    }

    private void AddSegment(in Segment segment, Carrier carrier, CarbonPlan plan, in CarrierUse use, in CarrierUse whole, in SupplyMix mix, bool isBoundary, ref FigureSum coal)
    {
        if (use.IsMixed || mix.IsMixed)
        {
            coal.Lack(FigureReason.NoFactor);
            Lack(carrier, plan, FigureReason.NoFactor);
            return;
        }
        var basis = use.Basis;
        var (bought, counted) = (use.Purchased, use.Purchased + use.Generated);
        if (mix.Inputs > 0)
        {
            basis = basis.Worst(mix.Basis);
            var (part, of) = isBoundary ? (use.Purchased, whole.Purchased) : (use.All, mix.Use);
            if (of.Quanta == 0 && part.Quanta != 0)
            {
                coal.Lack(FigureReason.NoSupply);
                Lack(carrier, plan, FigureReason.NoSupply);
                return;
            }
            // Where a site bought nothing at all there is no proportion: what it made counts in its first segment.
            bought = of.Quanta == 0 ? default : part.Share(mix.Purchased, of);
            counted = of.Quanta != 0 ? part.Share(mix.Purchased + mix.Generated, of) : isBoundary && segment.FirstInput == 0 ? mix.Generated : default;
        }
        else if (use.HasOnlyInternal)
        {
            return;
        }
        if (plan.HasCoefficients) Take(ref coal, plan, ReferenceUse.CoalEquivalent, carrier, use.Dimension, segment, counted, basis);
        if (plan.HasFactors && EmissionRules.IsBurnt(carrier)) Take(ref _scope1, plan, ReferenceUse.Combustion, carrier, use.Dimension, segment, bought, basis);
        if (plan.HasFactors && EmissionRules.IsBoughtEnergy(carrier))
        {
            Take(ref _location, plan, ReferenceUse.Location, carrier, use.Dimension, segment, bought, basis);
            var market = plan.At(ReferenceUse.Market, carrier, use.Dimension, segment.Start) is null ? ReferenceUse.Location : ReferenceUse.Market;
            Take(ref _market, plan, market, carrier, use.Dimension, segment, bought, basis);
        }
        if (plan.HasFootprint && carrier == Carrier.Electricity) Take(ref _footprint, plan, ReferenceUse.Footprint, carrier, use.Dimension, segment, bought, basis);
    }

    private void Lack(Carrier carrier, CarbonPlan plan, FigureReason reason)
    {
        if (plan.HasFactors && EmissionRules.IsBurnt(carrier)) _scope1.Lack(reason);
        if (plan.HasFootprint && carrier == Carrier.Electricity) _footprint.Lack(reason);
        if (!plan.HasFactors || !EmissionRules.IsBoughtEnergy(carrier)) return;
        _location.Lack(reason);
        _market.Lack(reason);
    }

    private void Take(ref FigureSum sum, CarbonPlan plan, ReferenceUse use, Carrier carrier, Dimension dimension, in Segment segment, Amount amount, Basis basis)
    {
        if (plan.At(use, carrier, dimension, segment.Start) is not { } step)
        {
            sum.Lack(FigureReason.NoFactor);
            return;
        }
        // Base windows and cut ones never hold a change: rather no figure than one by the wrong factor.
        if (plan.At(use, carrier, dimension, segment.End - 1)?.PerBase != step.PerBase) sum.Lack(FigureReason.ChangedWithin);
        sum.Add(amount.Scale(step.PerBase), basis);
        if (step.OtherYear) Flags |= WindowFlags.FactorYear;
        if (!step.Verified) Flags |= WindowFlags.FactorUnverified;
    }
}
