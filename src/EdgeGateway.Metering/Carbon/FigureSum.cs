using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Carbon;

/// <summary>A sum that becomes a figure, or the reason why there is none.</summary>
public struct FigureSum
{
    /// <summary>In base units of what is summed.</summary>
    public Amount Amount { get; private set; }

    /// <summary>Worst basis of what it is made of.</summary>
    public Basis Basis { get; private set; }

    /// <summary>Why there is no figure; the first reason met.</summary>
    public FigureReason Reason { get; private set; }

    /// <summary>True as soon as anything belongs to it.</summary>
    public bool Any { get; private set; }

    /// <summary>Adds a known amount.</summary>
    public void Add(Amount amount, Basis basis)
    {
        Amount += amount;
        Basis = Basis.Worst(basis);
        Any = true;
        if (Basis == Basis.None) Lack(FigureReason.NoData);
    }

    /// <summary>Adds another sum.</summary>
    public void Add(in FigureSum other)
    {
        if (!other.Any) return;
        Add(other.Amount, other.Basis);
        if (other.Reason != FigureReason.None) Lack(other.Reason);
    }

    /// <summary>Something that belongs to it cannot be stated, and so neither can the sum.</summary>
    public void Lack(FigureReason reason)
    {
        Any = true;
        if (Reason == FigureReason.None) Reason = reason;
    }

    /// <summary>The sum as a figure, rounded half to even to six places.</summary>
    public readonly Figure ToFigure(FigureId id) => new() { Id = id, Value = Reason == FigureReason.None ? Amount.RoundToSix() : null, Reason = Reason, Basis = Basis };
}
