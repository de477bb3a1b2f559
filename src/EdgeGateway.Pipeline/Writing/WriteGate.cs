using System.Globalization;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Pipeline.Writing;

/// <summary>The one way to a device's registers: only points marked <c>writable</c>, only within their limits and not more often than they allow; the intention is durable before the device hears of it, and so is the outcome afterwards.</summary>
/// <param name="points">The writable points with their slots and buses.</param>
/// <param name="say">Appends an operator's word to the log and waits until it is durable.</param>
/// <param name="time">For the rate limit and the times of words.</param>
public sealed class WriteGate(IEnumerable<WritablePoint> points, Func<OperatorWord, CancellationToken, Task<long>> say, TimeProvider time)
{
    private volatile Dictionary<string, Target> _targets = points.ToDictionary(p => p.Map.Path, p => new Target(p), StringComparer.Ordinal);

    /// <summary>Takes over the points of another plan. What was written last, and what is being written, counts on for a point that remains. Any thread.</summary>
    public void Change(IEnumerable<WritablePoint> next)
    {
        var before = _targets;
        _targets = next.ToDictionary(p => p.Map.Path, p => before.TryGetValue(p.Map.Path, out var known) ? known.Under(p) : new Target(p), StringComparer.Ordinal);
    }

    /// <summary>Writes <paramref name="text"/> to the point <paramref name="path"/>.</summary>
    /// <param name="path"><c>device.point</c>.</param>
    /// <param name="text">A number in the point's unit, or for a state one of its words or raw values.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<WriteOutcome> WriteAsync(string path, string text, string by, CancellationToken cancellationToken)
    {
        if (!_targets.TryGetValue(path, out var target)) return Refused($"'{path}' is not a point marked writable; give it 'writable: {{min: …, max: …}}' in the map.");
        if (Parse(target.Point.Map, text, out var value) is { } wrong) return Refused(wrong);
        var limits = target.Point.Map.Writable!;
        if (value < limits.Min.ToDouble() || value > limits.Max.ToDouble()) return Refused($"{path}: {text} is outside {limits.Min} to {limits.Max}; nothing was written.");
        if (!target.TryTake()) return Refused($"{path} is being written already; nothing was written.");
        try
        {
            var now = time.GetTimestamp();
            if (target.Last is { } last && time.GetElapsedTime(last, now) < limits.Every)
            {
                return Refused(string.Create(CultureInfo.InvariantCulture, $"{path} may be written every {limits.Every.TotalSeconds:0.###} s, and was less than that ago; nothing was written."));
            }
            target.Last = now;
            await say(Word("write", path, by, [new("value", text)]), cancellationToken);
            WriteOutcome outcome;
            try
            {
                outcome = await target.Point.Bus.WriteAsync(new WriteOrder(target.Point.Slot, value), cancellationToken);
            }
            catch (OperationCanceledException)
            {
                outcome = new WriteOutcome(false, "No answer in time: whether the device took the value is not known.", null);
            }
            // The outcome is said even to a caller who has gone.
            await say(Word("written", path, by, [new("value", text), new("ok", outcome.Written ? "true" : "false"), new("detail", outcome.Detail)]), CancellationToken.None);
            return outcome;
        }
        finally
        {
            target.Release();
        }
    }

    /// <summary>The value that <paramref name="text"/> stands for, or what is wrong with it.</summary>
    private static string? Parse(PointMap point, string text, out double value)
    {
        value = 0;
        if (point.Kind == PointKind.State)
        {
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var raw) && point.States.ContainsKey(raw))
            {
                value = raw;
                return null;
            }
            var named = point.States.Where(s => s.Value.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)).ToArray();
            if (named.Length == 1)
            {
                value = named[0].Key;
                return null;
            }
            return $"{point.Path}: '{text}' is none of its raw values {string.Join(", ", point.States.Keys)}{(named.Length > 1 ? ", and as a word it stands for several" : "")}; nothing was written.";
        }
        if (!ExactDecimal.TryParse(text, out var number)) return $"{point.Path}: '{text}' is not a number such as 12.5; nothing was written.";
        value = number.ToDouble();
        return null;
    }

    private OperatorWord Word(string verb, string path, string by, KeyValuePair<string, string>[] details) => new(verb, path, UtcMicros.From(time.GetUtcNow()), by, details);

    private static WriteOutcome Refused(string why) => new(false, why, null);

    private sealed class Target(WritablePoint point)
    {
        private int _taken;

        public WritablePoint Point => point;

        /// <summary>The same for another plan's point; one that is being written keeps its own bus until it is done, and the taken mark goes with the old one.</summary>
        public Target Under(WritablePoint other) => ReferenceEquals(other.Bus, point.Bus) && other.Map == point.Map ? this : new Target(other) { Last = Last };

        public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

        public void Release() => Volatile.Write(ref _taken, 0);

        public long? Last { get; set; }
    }
}

/// <summary>A point that may be written.</summary>
/// <param name="Map">As the map says; <see cref="PointMap.Writable"/> is set.</param>
/// <param name="Slot">Its slot.</param>
/// <param name="Bus">The bus that reaches it.</param>
public sealed record WritablePoint(PointMap Map, int Slot, IWritableBus Bus);
