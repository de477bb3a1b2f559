using System.Buffers;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Plants;

/// <summary>A core fed by hand. Times are seconds from <see cref="Origin"/>, a full hour.</summary>
internal sealed class Feed
{
    public const long Origin = 1_795_478_400_000_000;
    public const long Epoch = 1_795_000_000;
    private readonly SampleBlock _block = new(4096);
    private long _seq;
    private long _now = Origin;

    public Feed(MeteringPlan plan) => Core = new MeteringCore(plan, Epoch);

    /// <summary>One that goes on from a time, behind entries that another one was given.</summary>
    public Feed(MeteringPlan plan, int seconds) : this(plan) => (_now, _seq) = (At(seconds), 1_000_000);

    public MeteringCore Core { get; private set; }

    public Statements Said { get; } = new();

    public long Seq => _seq;

    public static long At(double seconds) => Origin + (long)Math.Round(seconds * 1e6);

    /// <summary>One counter or state sample in an entry of its own.</summary>
    public Feed Count(double seconds, long value, int slot = 0, int spread = 0, Quality quality = Quality.Good)
    {
        _block.TryAddInteger(slot, At(seconds), spread, value, quality);
        return Send(seconds);
    }

    public Feed Text(double seconds, string text, int slot)
    {
        _block.TryAddText(slot, At(seconds), 0, text);
        return Send(seconds);
    }

    /// <summary>Adds a text to the block that <see cref="Send"/> sends.</summary>
    public Feed WithText(double seconds, string text, int slot)
    {
        Assert.True(_block.TryAddText(slot, At(seconds), 0, text));
        return this;
    }

    /// <summary>Adds a gauge to the block that <see cref="Send"/> sends.</summary>
    public Feed WithGauge(double seconds, double value, int slot, Quality quality = Quality.Good)
    {
        Assert.True(_block.TryAddGauge(slot, At(seconds), 0, value, quality));
        return this;
    }

    public Feed Gauge(double seconds, double value, int slot)
    {
        _block.TryAddGauge(slot, At(seconds), 0, value);
        return Send(seconds);
    }

    /// <summary>Adds to the block that <see cref="Send"/> sends.</summary>
    public Feed With(double seconds, long value, int slot, int spread = 0)
    {
        Assert.True(_block.TryAddInteger(slot, At(seconds), spread, value));
        return this;
    }

    /// <summary>Sends a block of one's own at a time.</summary>
    public Feed Send(SampleBlock block, double nowSeconds)
    {
        Core.Apply(Stamp(nowSeconds), block, Said);
        return Work(nowSeconds);
    }

    public Feed Send(double nowSeconds)
    {
        Core.Apply(Stamp(nowSeconds), _block, Said);
        _block.Clear();
        return Work(nowSeconds);
    }

    /// <summary>Counts every second of [from, to], <paramref name="rate"/> steps a second, beginning with <paramref name="value"/>.</summary>
    public Feed Run(int from, int to, long value, int rate = 1, int slot = 0)
    {
        for (var s = from; s <= to; s++) Count(s, value + (s - from) * (long)rate, slot);
        return this;
    }

    public Feed Advance(double nowSeconds)
    {
        Core.Advance(Stamp(nowSeconds), Said);
        return Work(nowSeconds);
    }

    /// <summary>An operator's word at a time, about another one.</summary>
    public Feed Say(double nowSeconds, string verb, double about, params (string Name, string Value)[] details)
    {
        Core.Apply(Stamp(nowSeconds), new OperatorWord(verb, Core.Plan.Points[0].Path, At(about), "tester", [.. details.Select(d => new KeyValuePair<string, string>(d.Name, d.Value))]), Said);
        return Work(nowSeconds);
    }

    /// <summary>A job tick where one is due, as Ingest would append it.</summary>
    private Feed Work(double nowSeconds)
    {
        if (Core.HasWork) Core.Work(Stamp(nowSeconds), Said, Said);
        return this;
    }

    public Feed Change(double nowSeconds, MeteringPlan plan)
    {
        Core.ChangePlan(Stamp(nowSeconds), plan, Said);
        return this;
    }

    public Feed Restart() => Restore(Checkpoint());

    public Feed Restore(byte[] checkpoint)
    {
        Assert.True(MeteringCore.TryRestore(Core.Plan, Epoch, checkpoint, out var core));
        Core = core!;
        return this;
    }

    public byte[] Checkpoint()
    {
        var bytes = new ArrayBufferWriter<byte>();
        Core.WriteCheckpoint(bytes);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>The newest statement about the base window that starts at <paramref name="seconds"/>.</summary>
    public WindowRecord Window(int seconds, int unit = 1, WindowKind? kind = null) =>
        Said.Final.Single(r => r.Unit == unit && r.Start == At(seconds) && r.Kind == (kind ?? Core.Plan.BaseWindow));

    public WindowInput Input(int seconds, int point = 100, int unit = 1, WindowKind? kind = null)
    {
        foreach (ref readonly var input in Window(seconds, unit, kind).Inputs)
        {
            if (input.Point == point) return input;
        }
        throw new InvalidOperationException("No such input.");
    }

    private EntryStamp Stamp(double nowSeconds)
    {
        _now = Math.Max(_now, At(nowSeconds));
        return new EntryStamp(++_seq, _now, ClockVerified: true);
    }
}
