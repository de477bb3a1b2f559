namespace EdgeGateway.Records.Windows;

/// <summary>The inputs of a carrier, each once: what neighbouring segments say of one counter is joined end to end, from T0 of the first to T1 of the last.</summary>
/// <remarks>Joined is only what has the same epoch, sign, step and ratio and meets at the same total; so (T1 − T0) × step × ratio over the list is always the carrier's sum.</remarks>
/// <param name="record">The record.</param>
/// <param name="carrier">What flows.</param>
public ref struct InputChains(WindowRecord record, Carrier carrier)
{
    private int _segment;
    private int _input = -1;

    /// <summary>A counter as its first segment has it, and its total at the end.</summary>
    public (WindowInput First, long End) Current { get; private set; }

    /// <summary>This.</summary>
    public readonly InputChains GetEnumerator() => this;

    /// <summary>Goes to the next counter.</summary>
    public bool MoveNext()
    {
        for (; _segment < record.Segments.Length; _segment++, _input = -1)
        {
            var inputs = record.InputsOf(record.Segments[_segment]);
            while (++_input < inputs.Length)
            {
                ref readonly var input = ref inputs[_input];
                if (input.Carrier != carrier || Continues(input)) continue;
                Current = (input, EndOf(input));
                return true;
            }
        }
        return false;
    }

    /// <summary>True where the segment before already leads to this input.</summary>
    private readonly bool Continues(in WindowInput input)
    {
        if (_segment == 0) return false;
        foreach (ref readonly var before in record.InputsOf(record.Segments[_segment - 1]))
        {
            if (Meet(before, input)) return true;
        }
        return false;
    }

    private readonly long EndOf(WindowInput last)
    {
        for (var s = _segment + 1; s < record.Segments.Length; s++)
        {
            var found = false;
            foreach (ref readonly var next in record.InputsOf(record.Segments[s]))
            {
                if (!Meet(last, next)) continue;
                last = next;
                found = true;
                break;
            }
            if (!found) break;
        }
        return last.T1;
    }

    private static bool Meet(in WindowInput before, in WindowInput after) =>
        before.Point == after.Point && before.T1 == after.T0 && before.RegisterEpoch == after.RegisterEpoch && before.Role == after.Role && before.Sign == after.Sign
        && before.Unit == after.Unit && before.Step == after.Step && before.Ratio == after.Ratio;
}
