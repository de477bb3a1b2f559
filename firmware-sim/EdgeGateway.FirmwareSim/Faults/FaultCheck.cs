using EdgeGateway.FirmwareSim.Registers;

namespace EdgeGateway.FirmwareSim.Faults;

/// <summary>Whether faults make sense for this plant.</summary>
internal static class FaultCheck
{
    /// <summary>Timers of the runtime reach 49 days.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    /// <summary>What is wrong with one fault, or null.</summary>
    public static string? Error(Fault fault)
    {
        var form = FaultForm.Of(fault.Kind);
        if (fault.At < TimeSpan.Zero || fault.At + fault.For > Longest) return "faults lie within the first 40 days of the plant";
        if (form.Lasts != fault.For > TimeSpan.Zero) return form.Lasts ? "it must last longer than nothing" : "it happens at an instant and has no duration";
        if (form.HasDelay != fault.By > TimeSpan.Zero) return form.HasDelay ? "its delay must be longer than nothing" : "it has no delay";
        if (form.NumberWord is not null && (fault.Number < form.Least || fault.Number > form.Greatest)) return $"'{form.NumberWord}' lies between {form.Least} and {form.Greatest}";
        if (RegisterMap.Find(fault.Device) is not { } device) return $"unknown device '{fault.Device}': use {string.Join(", ", RegisterMap.Devices.Select(d => d.Name))}";
        if (fault.Kind == FaultKind.ZeroPieces && device.Name != "plc") return "only the plc counts pieces";
        return RegisterError(fault, form, device);
    }

    /// <summary>Faults that exclude each other.</summary>
    public static IEnumerable<string> Conflicts(IReadOnlyList<(Fault Fault, string Place)> faults)
    {
        foreach (var (fault, place) in faults.Where(f => f.Fault.Kind == FaultKind.Rollover))
        {
            if (faults.Any(f => !ReferenceEquals(f.Fault, fault) && f.Fault.Kind == FaultKind.Rollover && f.Fault.Device == fault.Device && f.Fault.Register == fault.Register))
                yield return $"{place}: a register rolls over once in a script";
            if (faults.Any(f => f.Fault.Kind == FaultKind.Torn && f.Fault.Device == fault.Device && f.Fault.Register == fault.Register))
                yield return $"{place}: the register is torn too, and has one initial reading only";
            if (faults.Any(f => f.Fault.At <= fault.At && Resets(f.Fault, fault)))
                yield return $"{place}: the register was reset before, so no initial reading makes it roll over then";
        }
    }

    private static bool Resets(Fault fault, Fault rollover) => fault.Device == rollover.Device
        && (fault.Kind == FaultKind.ZeroPieces || (fault.Kind is FaultKind.Reset or FaultKind.Replace && (fault.Register is null || fault.Register == rollover.Register)));

    private static string? RegisterError(Fault fault, FaultForm form, DeviceSpec device)
    {
        if (fault.Register is null) return form.Register == RegisterUse.Required ? $"'{form.Word}' names a register" : null;
        if (form.Register == RegisterUse.None) return $"'{form.Word}' concerns the whole device and names no register";
        var fitting = device.Registers.Where(r => !form.CountersOnly || r.Role == RegisterRole.Counter).Select(r => r.Name).ToList();
        if (fault.Kind == FaultKind.Torn && device.Find(fault.Register) is { Type: not RegisterType.U32 }) return $"only whole numbers in two registers are torn: not '{fault.Register}' of {device.Name}";
        return fitting.Contains(fault.Register) ? null : $"'{fault.Register}' is no {(form.CountersOnly ? "counter" : "register")} of {device.Name}: use {string.Join(", ", fitting)}";
    }
}
