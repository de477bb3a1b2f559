using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EdgeGateway.FirmwareSim.Faults;

/// <summary>Reads one line: <c>at TIME FAULT DEVICE [REGISTER] [code|after|steps|high|reading|bytes N] [by SPAN] [for SPAN]</c>.</summary>
internal static class FaultLine
{
    public static bool TryRead(string line, [NotNullWhen(true)] out Fault? fault, out string error)
    {
        fault = null;
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 4 || words[0] != "at")
        {
            error = "a fault reads 'at hh:mm:ss FAULT DEVICE …'";
            return false;
        }

        if (!FaultTime.TryClock(words[1], out var at))
        {
            error = $"'{words[1]}' is no time: write hh:mm:ss or hh:mm:ss.fff since the start of the plant";
            return false;
        }

        if (FaultForm.All.FirstOrDefault(f => f.Word == words[2]) is not { } form)
        {
            error = $"unknown fault '{words[2]}': use {FaultForm.Words}";
            return false;
        }

        return TryRest(form, new Fault(form.Kind, at, words[3]), words.AsSpan(4), out fault, out error);
    }

    private static bool TryRest(FaultForm form, Fault read, ReadOnlySpan<string> words, [NotNullWhen(true)] out Fault? fault, out string error)
    {
        fault = null;
        var (number, delay, duration) = (false, false, false);
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (i == 0 && word is not ("for" or "by" or "code" or "after") && word != form.NumberWord)
            {
                read = read with { Register = word };
                continue;
            }

            var value = i + 1 < words.Length ? words[++i] : "";
            var known = word switch
            {
                "for" => Once(ref duration, FaultTime.TrySpan(value, out var span)) && Set(ref read, read with { For = span }),
                "by" => Once(ref delay, FaultTime.TrySpan(value, out var span)) && Set(ref read, read with { By = span }),
                _ => word == form.NumberWord && Once(ref number, int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n)) && Set(ref read, read with { Number = n }),
            };
            if (known) continue;
            error = $"'{word} {value}'".Replace(" '", "'", StringComparison.Ordinal) + $" is not understood: {form.Word} is written like '{form.Example}'";
            return false;
        }

        if (duration != form.Lasts || delay != form.HasDelay || number != (form.NumberWord is not null))
        {
            error = $"too much or too little is said: {form.Word} is written like '{form.Example}'";
            return false;
        }

        (fault, error) = (read, "");
        return true;
    }

    private static bool Once(ref bool seen, bool parsed) => parsed && !seen && (seen = true);

    private static bool Set(ref Fault fault, Fault with)
    {
        fault = with;
        return true;
    }
}
