using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>Splits an integer over states by their time, in integer quanta that sum to it: the largest remainders get what rounding left.</summary>
internal static class StateSplit
{
    /// <summary>Adds what became known afterwards: nobody saw what the machine did meanwhile, so it counts as unknown; what turns out not to have been is taken from every state alike.</summary>
    public static void Lift(ref ByState split, long more)
    {
        if (more >= 0)
        {
            split[(int)MachineState.Unknown] += more;
            return;
        }
        var sizes = default(ByState);
        for (var i = 0; i < 4; i++) sizes[i] = Math.Abs(split[i]);
        var less = Of(more, sizes);
        for (var i = 0; i < 4; i++) split[i] += less[i];
    }

    public static ByState Of(long amount, in ByState micros)
    {
        var split = default(ByState);
        var time = micros.Sum;
        if (time <= 0)
        {
            split[(int)MachineState.Unknown] = amount;
            return split;
        }
        var size = Int128.Abs(amount);
        Span<Int128> rests = stackalloc Int128[4];
        Int128 given = 0;
        for (var i = 0; i < 4; i++)
        {
            var (share, rest) = Int128.DivRem(size * micros[i], time);
            split[i] = (long)share;
            rests[i] = rest;
            given += share;
        }
        for (var left = size - given; left > 0; left--)
        {
            var largest = 0;
            for (var i = 1; i < 4; i++)
            {
                if (rests[i] > rests[largest]) largest = i;
            }
            split[largest]++;
            rests[largest] = -1;
        }
        if (amount >= 0) return split;
        for (var i = 0; i < 4; i++) split[i] = -split[i];
        return split;
    }
}
