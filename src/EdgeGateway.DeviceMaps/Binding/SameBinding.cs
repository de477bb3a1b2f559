using System.Diagnostics.CodeAnalysis;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>Tells whether two bindings can be one: the same options, equal values, the same places. Values that compare by reference are never equal, and so are never shared.</summary>
internal sealed class SameBinding : IEqualityComparer<Dictionary<Option, (object Value, Mark? Mark)>>
{
    /// <inheritdoc/>
    public bool Equals(Dictionary<Option, (object Value, Mark? Mark)>? x, Dictionary<Option, (object Value, Mark? Mark)>? y)
    {
        if (ReferenceEquals(x, y)) return true;
        if (x is null || y is null || x.Count != y.Count) return false;
        foreach (var (option, (value, mark)) in x)
        {
            if (!y.TryGetValue(option, out var other) || !value.Equals(other.Value) || mark != other.Mark) return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public int GetHashCode([DisallowNull] Dictionary<Option, (object Value, Mark? Mark)> obj)
    {
        // In whatever order they were written.
        var hash = obj.Count;
        foreach (var (option, (value, mark)) in obj) hash ^= HashCode.Combine(option, value, mark);
        return hash;
    }
}
