using System.Buffers;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Restating;
using EdgeGateway.Metering.Tests.Carbon;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Restating;

/// <summary>Stored records under other sets: what comes out is what would have been stated under them in the first place, and nothing that was measured moves.</summary>
public sealed class RestatingTests
{
    private static readonly CarbonPlan Other = new(
        Sets.Set("coal2", [Sets.Row(ReferenceUse.CoalEquivalent, Carrier.Electricity, "0.3", "kgce/kWh")]),
        Sets.Set("grid2", [Sets.Row(ReferenceUse.Location, Carrier.Electricity, "0.5", "kgCO2/kWh", 2026, "2026-01-01")]), null, ReferencePolicy.ActivityYear, Sets.StartOf);

    [Fact]
    public void Records_come_out_as_if_they_had_been_stated_under_the_other_sets()
    {
        var (said, plan) = Run(Sets.Plan());
        var (expected, _) = Run(Other);
        var history = new History(said.Final);
        var restated = Carry(Jobs(new RestateOrder(0, long.MaxValue, Other)), plan, history);
        var (newest, wanted) = (history.All.OrderBy(Key).ToArray(), expected.Final.OrderBy(Key).ToArray());
        Assert.Equal(wanted.Length, newest.Length);
        foreach (var (ours, theirs) in newest.Zip(wanted))
        {
            Assert.Equal(theirs.Figures.ToArray().OrderBy(f => f.Id), ours.Figures.ToArray().OrderBy(f => f.Id));
            Assert.Equal((theirs.Coefficients, theirs.Factors, theirs.Footprint, theirs.Flags), (ours.Coefficients, ours.Factors, ours.Footprint, ours.Flags));
            Assert.Equal(theirs.Inputs.ToArray().Select(i => (i.Point, i.T0, i.T1, i.Basis, i.Bound)), ours.Inputs.ToArray().Select(i => (i.Point, i.T0, i.T1, i.Basis, i.Bound)));
        }
        Assert.Equal(newest.Count(r => r.Revision.Seq >= 1_000_000), restated);
        Assert.True(restated > 20);
        Assert.Contains(newest, r => r.Factors == "grid2/1 activity_year");
    }

    [Fact]
    public void Records_that_say_nothing_else_are_not_stated_again_and_others_are_only_within_the_days()
    {
        var (said, plan) = Run(Sets.Plan());
        Assert.Equal(0, Carry(Jobs(new RestateOrder(0, long.MaxValue, Sets.Plan())), plan, new History(said.Final)));
        var history = new History(said.Final);
        Carry(Jobs(new RestateOrder(Feed.At(60), Feed.At(120), Other)), plan, history);
        Assert.All(history.All.Where(r => r.Revision.Seq >= 1_000_000), r => Assert.Equal(Feed.At(60), r.Start));
        Assert.Contains(history.All, r => r.Revision.Seq >= 1_000_000);
    }

    [Fact]
    public void A_job_goes_on_behind_a_checkpoint()
    {
        var (said, plan) = Run(Sets.Plan());
        var (whole, parts) = (new History(said.Final), new History(said.Final));
        Carry(Jobs(new RestateOrder(0, long.MaxValue, Other)), plan, whole);
        Carry(Jobs(new RestateOrder(0, long.MaxValue, Other)), plan, parts, restart: true);
        Assert.Equal(whole.All.OrderBy(Key).Select(r => r.Figures.ToArray()), parts.All.OrderBy(Key).Select(r => r.Figures.ToArray()));
    }

    [Fact]
    public void An_order_travels_as_an_operator_s_word_with_all_its_numbers()
    {
        var order = new RestateOrder(5, 7, Other);
        var bytes = new ArrayBufferWriter<byte>();
        order.ToWord(9, "chen (uid 1000)").Encode(bytes);
        var read = RestateOrder.Of(OperatorWord.Decode(bytes.WrittenSpan)!)!;
        Assert.Equal((5L, 7L, "coal2/1", "grid2/1 activity_year"), (read.From, read.To, read.Plan.CoefficientStamp, read.Plan.FactorStamp));
        var (a, b) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        Other.Save(a);
        read.Plan.Save(b);
        Assert.Equal(a.WrittenSpan.ToArray(), b.WrittenSpan.ToArray());
        for (var length = 0; length < a.WrittenCount; length++) Assert.Null(CarbonPlan.Load(a.WrittenSpan[..length]));
        Assert.Null(RestateOrder.Of(new OperatorWord("restate", "", 0, "x", [new("plan", "!!")])));
        Assert.Null(RestateOrder.Of(new OperatorWord("replace", "", 0, "x", [])));
    }

    private static string Key(WindowRecord r) => $"{r.Unit:0000} {r.Kind} {r.Start}";

    private static RestateJobs Jobs(RestateOrder order)
    {
        var jobs = new RestateJobs();
        jobs.Add(order);
        return jobs;
    }

    private static int Carry(RestateJobs jobs, MeteringPlan plan, History history, bool restart = false)
    {
        var stated = 0;
        for (var seq = 1_000_000L; jobs.Any; seq++)
        {
            Assert.True(seq < 1_010_000, "it never ends");
            stated += jobs.Work(new Revision(Feed.Epoch, seq), plan, history, history);
            if (!restart) continue;
            var state = new ArrayBufferWriter<byte>();
            jobs.Save(state);
            var r = new ByteReader(state.WrittenSpan);
            jobs = new RestateJobs();
            jobs.Load(ref r);
            Assert.True(r.AtEnd);
        }
        return stated;
    }

    /// <summary>A site with a roof of solar cells and two lines, one of which makes pieces, for some minutes.</summary>
    private static (Statements Said, MeteringPlan Plan) Run(CarbonPlan carbon)
    {
        var plant = new Plant { Carbon = carbon, Longer = [WindowKind.QuarterHour] };
        var fast = Plant.Meter with { RatedStepsPerSecond = 5 };
        var (grid, sun, a, b, good) = (plant.Counter(fast), plant.Counter(fast), plant.Counter(fast), plant.Counter(fast), plant.Counter(Plant.Pieces));
        var site = plant.Unit(new UnitInputPlan(grid, InputRole.Purchased, Carrier.Electricity));
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = site, Inputs = [new(sun, InputRole.Generated, Carrier.Electricity)] });
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = site, Inputs = [new(a, InputRole.Purchased, Carrier.Electricity), new(good, InputRole.Good, Carrier.None)] });
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = site, Inputs = [new(b, InputRole.Purchased, Carrier.Electricity)] });
        var plan = plant.Plan();
        var feed = new Feed(plan);
        for (var s = 0; s <= 910; s++) feed.With(s, 3 * s, grid).With(s, s, sun).With(s, s, a).With(s, 3 * s, b).With(s, s / 2, good).Send(s);
        return (feed.Said, plan);
    }

    /// <summary>The record log in memory.</summary>
    private sealed class History(IEnumerable<WindowRecord> records) : IRecordHistory, IMeteringOutput
    {
        private readonly Dictionary<RecordKey, byte[]> _newest = records.ToDictionary(r => r.Key, Encode);

        public IEnumerable<WindowRecord> All => _newest.Values.Select(Decode);

        public IReadOnlyList<WindowRecord> Read(int unit, WindowKind kind, long from, long to, int limit) =>
            [.. All.Where(r => r.Unit == unit && r.Kind == kind && r.Start >= from && r.Start < to).OrderBy(r => r.Start).Take(limit)];

        public void Record(WindowRecord record)
        {
            Assert.True(record.Revision > Decode(_newest[record.Key]).Revision);
            _newest[record.Key] = Encode(record);
        }

        public void Event(GatewayEvent happening) => Assert.Fail(happening.ToString());

        private static byte[] Encode(WindowRecord record)
        {
            var body = new ArrayBufferWriter<byte>();
            WindowRecordCodec.Encode(record, body);
            return body.WrittenSpan.ToArray();
        }

        private static WindowRecord Decode(byte[] body)
        {
            var record = new WindowRecord();
            Assert.True(WindowRecordCodec.TryDecode(body, record));
            return record;
        }
    }
}
