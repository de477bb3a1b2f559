using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>Parents of units: each exists, none is its own ancestor, and no meter is counted in two branches.</summary>
internal sealed class UnitTree(MapTable section, FaultList faults)
{
    private readonly HashSet<string> _names = [.. section.Entries.Select(e => e.Key.Value)];
    private readonly Dictionary<string, (string Parent, Mark Mark)> _parents = new(StringComparer.Ordinal);
    private readonly List<(string Unit, string Key, PointReference Meter)> _meters = [];

    /// <summary>Notes that <paramref name="unit"/> hangs below <paramref name="parent"/>.</summary>
    public void Hang(string unit, string parent, Mark mark)
    {
        if (_names.Contains(parent)) _parents[unit] = (parent, mark);
        else faults.Add(mark, $"parent: there is no unit '{parent}'{Spelling.Ending(parent, _names.Where(n => n != unit))}");
    }

    /// <summary>Notes a meter of a unit.</summary>
    public void Meter(string unit, string key, PointReference meter) => _meters.Add((unit, key, meter));

    /// <summary>Checks all that was noted.</summary>
    public void Check()
    {
        if (CheckCycles()) CheckMeters();
    }

    private bool CheckCycles()
    {
        var safe = new HashSet<string>(StringComparer.Ordinal);
        var sound = true;
        foreach (var (name, _) in section.Entries)
        {
            var path = new List<string>();
            var at = name.Value;
            while (!safe.Contains(at) && !path.Contains(at))
            {
                path.Add(at);
                if (!_parents.TryGetValue(at, out var up)) break;
                at = up.Parent;
            }
            if (path.Contains(at) && _parents.ContainsKey(at) && !safe.Contains(at))
            {
                var circle = path[path.IndexOf(at)..];
                faults.Add(_parents[circle[^1]].Mark, $"parent: units hang below themselves: {string.Join(" → ", circle)} → {at}.");
                sound = false;
            }
            safe.UnionWith(path);
        }
        return sound;
    }

    private void CheckMeters()
    {
        foreach (var shared in _meters.GroupBy(m => m.Meter.Path).Where(g => g.Count() > 1))
        {
            var users = shared.ToList();
            for (var i = 1; i < users.Count; i++)
            {
                var other = users.Take(i).FirstOrDefault(u => u.Unit != users[i].Unit && !IsAbove(u.Unit, users[i].Unit) && !IsAbove(users[i].Unit, u.Unit));
                if (other.Unit is null) continue;
                faults.Add(users[i].Meter.Mark, $"{users[i].Key}: '{shared.Key}' is counted in unit '{other.Unit}' already, so that a sum would hold it twice.");
            }
        }
    }

    private bool IsAbove(string upper, string lower)
    {
        for (var at = lower; _parents.TryGetValue(at, out var up); at = up.Parent)
        {
            if (up.Parent == upper) return true;
        }
        return false;
    }
}
