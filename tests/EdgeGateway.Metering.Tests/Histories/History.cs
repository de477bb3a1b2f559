using System.Buffers;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Histories;

/// <summary>A plant's random past, made from a seed, and what metering said of it.</summary>
internal sealed class History
{
    private const long Second = 1_000_000;
    private const long Day = 86_400 * Second;

    /// <summary>From this seed on pasts are days long: the gateway or single meters are gone for a day and more.</summary>
    public const int OfDays = 100_000;

    /// <summary>From this seed on pasts have batches and readings that come late; those before stay what they were.</summary>
    public const int Disordered = 30_000;

    /// <summary>From this seed on meters are replaced by some with another ratio; of five pasts one is days long.</summary>
    public const int Exchanging = 200_000;

    private readonly Random _random;
    private readonly Random? _extra;
    private readonly Random? _profile;
    private readonly List<(long Due, int Meter, Delivery[] Readings)> _profiles = [];
    private readonly bool _ofDays;
    private readonly long _until;
    private readonly List<(long From, long To)> _outages = [];
    private readonly List<long> _restarts = [];
    private readonly HashSet<TrueMeter> _untold = [];

    /// <summary>Lives through a past.</summary>
    /// <param name="seed">What it is made from.</param>
    /// <param name="until">Where it is broken off, microseconds from its start.</param>
    public History(int seed, long until = long.MaxValue)
    {
        _until = until;
        _random = new Random(seed);
        _ofDays = seed >= OfDays && (seed < Exchanging || seed % 5 == 0);
        if (seed >= Disordered && !_ofDays) _extra = new Random(seed ^ 0x5EED);
        if (seed >= Disordered) _profile = new Random(seed ^ 0x10AD);
        Length = _ofDays ? _random.NextInt64(2 * Day, 5 * Day) : _random.Next(10, 50) * 60 * Second;
        Base = _ofDays ? Pick(WindowKind.Minute, WindowKind.Minute, WindowKind.Minute, WindowKind.OfSeconds(30)) : Pick(WindowKind.Minute, WindowKind.Minute, WindowKind.OfSeconds(10), WindowKind.OfSeconds(5));
        Poll = _ofDays ? Pick(45, 60, 90, 300) : Pick(1, 1, 2, 5, 10);
        MaxSpread = Pick(0, 20_000, 200_000, 800_000);
        for (var i = _random.Next(1, 4); i > 0; i--) Meters.Add(Meter());
        if (seed >= Exchanging) Replace(new Random(seed ^ 0x7A710));
        if (Chance(0.3)) _outages.Add(Stretch(30, 600));
        if (_ofDays && Chance(0.6)) _outages.Add(Stretch(18 * 3_600, 60 * 3_600));
        for (var i = _random.Next(0, 4); i > 0; i--) _restarts.Add(Time());
        var plant = new Plant { Base = Base, Longer = Base == WindowKind.Minute ? [WindowKind.QuarterHour] : [WindowKind.Minute, WindowKind.QuarterHour] };
        if (_ofDays) plant.Longer = [.. plant.Longer, WindowKind.Hour, WindowKind.Day];
        var parent = plant.Unit();
        foreach (var meter in Meters)
        {
            var slot = plant.Counter(meter.Plan, Poll);
            var input = meter.Plan.Pieces ? new UnitInputPlan(slot, InputRole.Good, Carrier.None) : new UnitInputPlan(slot, InputRole.Purchased, Carrier.Electricity);
            plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = parent, Inputs = [input], BatchSlot = _extra?.Next(2) == 0 ? Meters.Count : -1, BatchMaxMicros = 1_200 * Second });
        }
        if (_extra is not null) plant.Text(Poll);
        Plan = plant.Plan();
        Delivered = [.. Meters.Select(_ => new List<Delivery>())];
        if (_profile is not null) Keep(_profile);
        Live();
    }

    /// <summary>The seed for a running number: of ten, five pasts with batches and disorder, and one of days.</summary>
    public static int Mixed(int number) => number % 10 == 5 ? number + OfDays : number % 2 == 0 ? number + Disordered : number;

    public long Length { get; }

    public WindowKind Base { get; }

    public int Poll { get; }

    public int MaxSpread { get; }

    public List<TrueMeter> Meters { get; } = [];

    public MeteringPlan Plan { get; }

    public Statements Said { get; } = new();

    /// <summary>Stamps and values that reached metering, by meter.</summary>
    public List<Delivery>[] Delivered { get; }

    /// <summary>Late readings that metering took in.</summary>
    public long Refined { get; private set; }

    /// <summary>Readings that came late, by meter: they may have been taken in.</summary>
    public List<(int Meter, Delivery Reading)> Late { get; } = [];

    /// <summary>A reading as metering got it.</summary>
    /// <param name="Asked">True time of the reading.</param>
    /// <param name="Stamp">The time it was given.</param>
    /// <param name="Value">What it said.</param>
    public readonly record struct Delivery(long Asked, long Stamp, long Value);

    private TrueMeter Meter()
    {
        var pieces = Chance(0.25);
        var plan = new CounterPlan
        {
            Step = pieces ? ExactDecimal.One : new ExactDecimal(1, -2),
            RatedStepsPerSecond = Pick(0.05, 0.5, 1.0, 5.0),
            UpdateMicros = Pick(Second / 10, Second, 3 * Second, 15 * Second),
            Modulus = Chance(0.5) ? Pick(1_000L, 10_000L, 1_000_000L) : null,
            Pieces = pieces,
            Resets = Chance(0.2) ? ResetPolicy.ToZero : ResetPolicy.Confirm,
        };
        var meter = new TrueMeter { Plan = plan, StartValue = plan.Modulus is { } m ? m - _random.Next(1, (int)Math.Min(m, 3_000)) : _random.Next(0, 100_000) };
        for (var t = 0L; t < Length + 3_600 * Second; t += _random.NextInt64(1, (_ofDays ? 12_000 : 200) * Second)) meter.Set(t, Chance(0.25) ? 0 : Chance(0.3) ? meter.MaxPower : _random.NextInt64(0, meter.MaxPower + 1));
        if (Chance(0.4)) meter.Resets.Add(Time());
        if (Chance(0.1)) meter.Resets.Add(Time());
        meter.Resets.Sort();
        if (plan.Modulus is null && Chance(0.15)) meter.Jumps.Add(Time());
        for (var i = _random.Next(0, 3); i > 0; i--) meter.Silent.Add(Stretch(5, 400));
        for (var i = _ofDays ? _random.Next(0, 3) : 0; i > 0; i--) meter.Silent.Add(Stretch(16 * 3_600, 50 * 3_600));
        // The zero of a counter that may be zeroed on purpose is believed: a passing one is beyond knowing.
        if (plan.Resets == ResetPolicy.Confirm && Chance(0.3)) meter.Zeros.Add(Stretch(1, 200));
        if (Chance(0.15)) meter.Frozen.Add(Stretch(5, 200));
        return meter;
    }

    private void Live()
    {
        var core = new MeteringCore(Plan, Feed.Epoch);
        var block = new SampleBlock(4 * Meters.Count + 1);
        var late = new List<(int Polls, int Slot, long Stamp, int Spread, long Value)>();
        var (code, codeUntil) = ("", 0L);
        var (seq, now) = (0L, 0L);
        _restarts.AddRange(_outages.Where(o => !_ofDays || o.To % 3 > 0).Select(o => o.To));
        _restarts.Sort();
        for (var cycle = _random.NextInt64(0, 90 * Second); cycle < Math.Min(Length, _until); cycle += Poll * Second)
        {
            if (_outages.Exists(o => cycle >= o.From && cycle < o.To)) continue;
            while (_restarts.Count > 0 && _restarts[0] <= cycle)
            {
                _restarts.RemoveAt(0);
                core = Restart(core);
            }
            var at = cycle + _random.NextInt64(0, Poll * Second / 4);
            if (_extra is not null)
            {
                if (cycle >= codeUntil) (code, codeUntil) = (_extra.Next(4) switch { 0 => "", 1 => "A", 2 => "B", _ => "C" }, cycle + _extra.NextInt64(1, 300 * Second));
                if (_extra.Next(20) > 0) block.TryAddText(Meters.Count, Feed.Origin + at + _extra.NextInt64(0, Second / 10), 0, code);
                foreach (var (_, slot, stamp, spread, value) in late.Where(l => l.Polls == 0)) block.TryAddInteger(slot, Feed.Origin + stamp, spread, value);
                late = [.. late.Where(l => l.Polls > 0).Select(l => l with { Polls = l.Polls - 1 })];
            }
            foreach (var meter in Meters.Where(m => m.Exchange is { } e && e.Said <= cycle && _untold.Remove(m))) Tell(meter);
            for (var i = 0; i < Meters.Count; i++)
            {
                var asked = at + i * 1_000;
                var spread = _random.Next(0, MaxSpread + 1);
                var stamp = asked + _random.NextInt64(-spread / 2, spread / 2 + 1);
                if (!Meters[i].Answers(asked))
                {
                    block.TryAddBad(i, Feed.Origin + stamp, spread, Quality.BadTimeout);
                    continue;
                }
                if (Chance(0.02)) continue;
                var value = Meters[i].Read(asked);
                if (_extra?.Next(12) == 0)
                {
                    late.Add((_extra.Next(2), i, stamp, spread, value));
                    Late.Add((i, new Delivery(asked, stamp, value)));
                    continue;
                }
                block.TryAddInteger(i, Feed.Origin + stamp, spread, value);
                Delivered[i].Add(new Delivery(asked, stamp, value));
                if (!_ofDays || Chance(0.5)) continue;
                // On buses of their own: what one said is metered before the next is read.
                now = Math.Max(now, asked + MaxSpread);
                core.Apply(new EntryStamp(++seq, Feed.Origin + now, true), block, Said);
                block.Clear();
                if (Chance(0.5)) Work();
                if (Chance(0.3)) core = Restart(core);
            }
            now = Math.Max(now, at + Meters.Count * 1_000 + MaxSpread);
            core.Apply(new EntryStamp(++seq, Feed.Origin + now, true), block, Said);
            block.Clear();
            Work();
            foreach (var profile in _profiles.Where(p => p.Due <= cycle)) Send(profile.Meter, profile.Readings);
            _profiles.RemoveAll(p => p.Due <= cycle);
            for (var mark = now + Second; mark < cycle + Poll * Second; mark += (_ofDays ? Poll / 3 : 1) * Second) core.Advance(new EntryStamp(++seq, Feed.Origin + (now = mark), true), Said);
        }
        for (var i = 0; i < (_ofDays ? 400 : 20); i++) core.Advance(new EntryStamp(++seq, Feed.Origin + (now += 10 * Second), true), Said);
        for (var i = 0; i < (_ofDays ? 5_000 : 50); i++) Work();
        Refined += core.Counters.Refined;

        // What a meter's load profile says of a silence, some time behind it and in parts; a reading that cannot be is among it now and then.
        void Send(int meter, Delivery[] readings)
        {
            var profile = new SampleBlock(readings.Length + 1);
            foreach (var reading in readings)
            {
                profile.TryAddInteger(meter, Feed.Origin + reading.Stamp, MaxSpread, reading.Value);
                if (_profile!.Next(20) == 0) profile.TryAddInteger(meter, Feed.Origin + reading.Stamp + 1, MaxSpread, reading.Value + 1_000_000_000);
                // One that is newer than all before is no late one.
                if (Delivered[meter].Count == 0 || reading.Stamp > Delivered[meter][^1].Stamp) Delivered[meter].Add(reading);
                else Late.Add((meter, reading));
            }
            core.Apply(new EntryStamp(++seq, Feed.Origin + now, true), profile, Said);
            Work();
        }

        void Tell(TrueMeter meter)
        {
            var (other, point) = (meter.Exchange!, Plan.Points[Meters.IndexOf(meter)]);
            List<KeyValuePair<string, string>> details = [new(ReplaceWord.Ratio, other.Ratio.ToString())];
            if (other.TellsFinal) details.Add(new(ReplaceWord.Final, Shown(meter.Shows(other.At))));
            if (other.TellsInitial) details.Add(new(ReplaceWord.Initial, Shown(other.Initial)));
            core.Apply(new EntryStamp(++seq, Feed.Origin + (now = Math.Max(now, other.Said)), true), new OperatorWord(ReplaceWord.Verb, point.Path, Feed.Origin + other.At, "history", details), Said);
            Work();

            string Shown(long steps) => new ExactDecimal(steps, meter.Plan.Step.Exponent).ToString();
        }

        void Work()
        {
            if (core.HasWork) core.Work(new EntryStamp(++seq, Feed.Origin + now, true), Said, Said);
        }
    }

    /// <summary>Of every second past each meter, of the others one, is replaced by one with another ratio; nothing else happens to its register that could be taken for it.</summary>
    private void Replace(Random random)
    {
        foreach (var meter in random.Next(2) == 0 ? Meters.Where(m => m.Plan.Resets == ResetPolicy.Confirm) : Meters.Where(m => m.Plan.Resets == ResetPolicy.Confirm).Take(1))
        {
            meter.Resets.Clear();
            meter.Jumps.Clear();
            meter.Frozen.Clear();
            meter.Zeros.Clear();
            meter.Exchange = Exchange.Draw(random, meter, Length, _ofDays);
            _untold.Add(meter);
        }
    }

    /// <summary>True where metering took a meter's other ratio.</summary>
    public bool IsToldOf(int meter) => Said.Events.Any(e => e.Kind == EventKind.MeterReplaced && e.Subject == Plan.Points[meter].Path) && !Said.Events.Any(e => e.Kind == EventKind.WordRefused && e.Subject == Plan.Points[meter].Path);

    private MeteringCore Restart(MeteringCore core)
    {
        var bytes = new ArrayBufferWriter<byte>();
        Refined += core.Counters.Refined;
        core.WriteCheckpoint(bytes);
        Assert.True(MeteringCore.TryRestore(Plan, Feed.Epoch, bytes.WrittenSpan, out var restored));
        return restored!;
    }

    /// <summary>Meters keep what they showed in every second silence of their own or of the gateway.</summary>
    private void Keep(Random random)
    {
        for (var m = 0; m < Meters.Count; m++)
        {
            foreach (var (from, to) in Meters[m].Silent.Concat(_outages))
            {
                if (random.Next(2) == 0) continue;
                var every = (random.Next(5) switch { 0 => Poll, 1 => 20, 2 => 60, 3 => 300, _ => 900 }) * Second;
                every = Math.Max(every, (to - from) / 200);
                var readings = new List<Delivery>();
                for (var asked = from + random.NextInt64(0, every); asked < to; asked += every)
                {
                    // A profile is the meter's own memory: a false zero of its interface is not in it.
                    if (Meters[m].Zeros.Exists(z => asked >= z.From && asked < z.To)) continue;
                    readings.Add(new Delivery(asked, asked + random.NextInt64(-MaxSpread / 2, MaxSpread / 2 + 1), Meters[m].Read(asked)));
                }
                if (random.Next(4) == 0) readings.Reverse();
                var part = random.Next(2) == 0 ? readings.Count + 1 : random.Next(1, 20);
                var due = to + random.NextInt64(0, (_ofDays ? 20_000 : 400) * Second);
                foreach (var chunk in readings.Chunk(part)) _profiles.Add((due += random.NextInt64(0, 30 * Second), m, chunk));
            }
        }
    }

    private (long, long) Stretch(int fromSeconds, int toSeconds)
    {
        var from = Time();
        return (from, from + _random.NextInt64(fromSeconds * Second, toSeconds * Second));
    }

    private long Time() => _random.NextInt64(120 * Second, Length);

    private bool Chance(double share) => _random.NextDouble() < share;

    private T Pick<T>(params ReadOnlySpan<T> of) => of[_random.Next(of.Length)];
}
