using System.Collections.Immutable;
using EdgeGateway.FirmwareSim.Faults;
using EdgeGateway.FirmwareSim.Ledgers;
using EdgeGateway.FirmwareSim.Profiles;
using EdgeGateway.FirmwareSim.Registers;

namespace EdgeGateway.FirmwareSim.Plants;

/// <summary>One workshop with two lines, its meters and its PLC: everything that happens in it follows from profile, seed and start. Thread-safe.</summary>
/// <remarks>It has no clock: whoever reads says when. It remembers its whole past, about 3 MB a simulated day, until it is told to forget.</remarks>
public sealed class Plant
{
    private readonly Line _line1, _line2;
    private readonly BaseLoad _baseLoad;

    /// <summary>Builds the plant; nothing runs.</summary>
    /// <param name="profile">Its habits.</param>
    /// <param name="seed">Chooses one of its many lives.</param>
    /// <param name="start">When it begins; what is finer than a microsecond is cut off.</param>
    /// <param name="script">What goes wrong, on its timetable.</param>
    public Plant(PlantProfile profile, ulong seed, DateTimeOffset start, FaultScript? script = null)
    {
        Profile = profile;
        Seed = seed;
        StartMicros = (start - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        Script = script ?? FaultScript.None;
        _line1 = new Line(profile.Line1, seed, 10, StartMicros);
        _line2 = new Line(profile.Line2, seed, 20, StartMicros);
        _baseLoad = new BaseLoad(profile, seed, 30, StartMicros);
        Devices = [.. RegisterMap.Devices.Select(Build)];
        foreach (var fault in Script.Faults) Apply(fault);
        Ledger = new Ledger(this);
    }

    /// <summary>Its habits.</summary>
    public PlantProfile Profile { get; }

    /// <summary>Its seed.</summary>
    public ulong Seed { get; }

    /// <summary>When it began, UTC microseconds.</summary>
    public long StartMicros { get; }

    /// <summary>Its faults.</summary>
    public FaultScript Script { get; }

    /// <summary>The truth about it.</summary>
    public Ledger Ledger { get; }

    internal ImmutableArray<PlantDevice> Devices { get; }

    /// <summary>The bits a register shows at an instant, in the low 16 or all 32, faults of its value included.</summary>
    /// <param name="device">Name of the device.</param>
    /// <param name="register">Name of the register.</param>
    /// <param name="at">UTC microseconds.</param>
    /// <exception cref="ArgumentException">No such register.</exception>
    public uint RegisterBits(string device, string register, long at) =>
        (Devices.FirstOrDefault(d => d.Spec.Name == device)?.Find(register) ?? throw new ArgumentException($"The plant has no register '{register}' of '{device}'.", nameof(register))).Read(at);

    /// <summary>Whole steps that a counter has come to at an instant, faults of its reading apart; not as of its last renewal.</summary>
    /// <param name="device">Name of the device.</param>
    /// <param name="register">Name of the counter.</param>
    /// <param name="at">UTC microseconds.</param>
    /// <exception cref="ArgumentException">No such counter.</exception>
    public long Counted(string device, string register, long at) =>
        (Devices.FirstOrDefault(d => d.Spec.Name == device)?.Find(register) as CounterRegister ?? throw new ArgumentException($"The plant has no counter '{register}' of '{device}'.", nameof(register))).CountedUntil(at);

    /// <summary>Drops what happened before an instant, for runs of many days: registers and ledger can then be asked for later times only. Not for plants whose counters were reset before it.</summary>
    /// <param name="time">UTC microseconds, behind the newest instant asked for.</param>
    public void Forget(long time)
    {
        _line1.Forget(time);
        _line2.Forget(time);
        _baseLoad.Forget(time);
    }

    internal long Micros(TimeSpan sinceStart) => StartMicros + sinceStart.Ticks / TimeSpan.TicksPerMicrosecond;

    internal Int128 EnergyUntil(string name, long time) => name switch
    {
        "workshop" => _line1.EnergyUntil(time) + _line2.EnergyUntil(time) + _baseLoad.EnergyUntil(time),
        "line-1" => _line1.EnergyUntil(time),
        "line-2" => _line2.EnergyUntil(time),
        "base-load" => _baseLoad.EnergyUntil(time),
        _ => throw new ArgumentException($"'{name}' has no energy: use {string.Join(", ", Ledger.EnergyNames)}.", nameof(name)),
    };

    internal Line LineOf(string name) => name switch
    {
        "line-1" => _line1,
        "line-2" => _line2,
        _ => throw new ArgumentException($"'{name}' is no line: use {string.Join(", ", Ledger.LineNames)}.", nameof(name)),
    };

    private PlantDevice Build(DeviceSpec device)
    {
        var registers = device.Registers.Select(r => Build(device, r)).ToImmutableArray();
        return new PlantDevice(device, registers, device.Name == "plc" ? [At(_line1), At(_line2)] : []);

        static Func<long, bool> At(Line line) => now => line.StateAt(now) == LineState.Running;
    }

    private PlantRegister Build(DeviceSpec device, RegisterSpec spec)
    {
        var refresh = new Refresh(StartMicros + 137_137L * device.UnitId % 1_000_000, spec.Update.Ticks / TimeSpan.TicksPerMicrosecond);
        var line = spec.Name.EndsWith("-2", StringComparison.Ordinal) ? _line2 : _line1;
        var total = (Func<long, Int128>)(time => EnergyUntil(device.Name, time));
        return spec switch
        {
            { Role: RegisterRole.State } => new StateRegister(spec, refresh, line.StateAt),
            { Role: RegisterRole.Counter, Unit: "kWh" } => new CounterRegister(spec, refresh, total, (Int128)(spec.Resolution * (decimal)Energy.NanojoulesPerKilowattHour)),
            { Role: RegisterRole.Counter } when spec.Name.StartsWith("good", StringComparison.Ordinal) => new CounterRegister(spec, refresh, time => line.GoodUntil(time), 1),
            { Role: RegisterRole.Counter } => new CounterRegister(spec, refresh, time => line.ScrapUntil(time), 1),
            { Unit: "V" } => new VoltageRegister(spec, refresh, Seed + device.UnitId),
            _ => new PowerRegister(spec, refresh, total),
        };
    }

    private void Apply(Fault fault)
    {
        var device = Devices.First(d => d.Spec.Name == fault.Device);
        var (start, end) = (Micros(fault.At), Micros(fault.At + fault.For));
        foreach (var register in device.Registers.Where(r => fault.Register is null || r.Spec.Name == fault.Register))
        {
            switch (fault.Kind)
            {
                case FaultKind.Rollover:
                    ((CounterRegister)register).RollOver(start);
                    break;
                case FaultKind.Reset or FaultKind.ZeroPieces when register is CounterRegister:
                    register.Faults.AddOrigin(start, 0);
                    break;
                case FaultKind.Replace when register is CounterRegister:
                    register.Faults.AddOrigin(start, fault.Number);
                    break;
                case FaultKind.Dip:
                    register.Faults.AddDip(start, end, fault.Number);
                    break;
                case FaultKind.Torn:
                    ((CounterRegister)register).PassWord(start + (end - start) / 3);
                    register.Faults.AddTorn(start, end, fault.By.Ticks / TimeSpan.TicksPerMicrosecond);
                    break;
                case FaultKind.Sentinel:
                    register.Faults.AddSentinel(start, end, fault.Number);
                    break;
                case FaultKind.Zero:
                    register.Faults.AddZero(start, end);
                    break;
                case FaultKind.Freeze:
                    register.Faults.AddFreeze(start, end);
                    break;
            }
        }
    }
}
