using System.Text.RegularExpressions;
using Chaos.Tests.Runs;
using Chaos.Tests.Scripts;
using EdgeGateway.Peers;

namespace Chaos.Tests.Judging;

/// <summary>The judge sees what it is there for: what a real gateway published in peace is falsified, one way at a time.</summary>
public sealed class JudgeTests
{
    private static readonly Lazy<Task<PeacefulRun>> _run = new(PeacefulRun.PlayAsync);

    [Fact]
    public async Task Peace_is_without_complaint() => Assert.Empty(await JudgedAsync(m => m));

    [Fact]
    public async Task A_missing_window_is_lost() => Assert.Contains(await JudgedAsync(m => [.. m.Where((_, i) => i != Middle(m))]), c => c.StartsWith("lost: ", StringComparison.Ordinal));

    [Fact]
    public async Task A_missing_end_is_lost() => Assert.Contains(await JudgedAsync(m => [.. m.Take(Middle(m))]), c => c.StartsWith("lost: no window", StringComparison.Ordinal));

    [Fact]
    public async Task Energy_that_is_stated_twice_is_doubled() => Assert.Contains(await JudgedAsync(m => Change(m, "\"kWh\":", v => (double.Parse(v) * 2 + 0.05).ToString("F6"))), c => c.StartsWith("doubled: ", StringComparison.Ordinal) || c.StartsWith("wrong: ", StringComparison.Ordinal));

    [Fact]
    public async Task A_total_that_begins_again_where_it_was_is_doubled() => Assert.Contains(await JudgedAsync(m => Change(m, "\"t0\":\"", v => (long.Parse(v) - 65536).ToString())), c => c.StartsWith("doubled: ", StringComparison.Ordinal));

    [Fact]
    public async Task A_message_that_comes_again_is_borne() => Assert.Empty(await JudgedAsync(m => [.. m, m[Middle(m)]]));

    [Fact]
    public async Task Another_statement_under_the_same_revision_is_wrong() =>
        Assert.Contains(await JudgedAsync(m => [.. m, m[Middle(m)] with { Payload = m[Middle(m)].Payload.Replace("\"coverage\":", "\"coverage\": ", StringComparison.Ordinal) }]), c => c.StartsWith("wrong: two statements", StringComparison.Ordinal));

    [Fact]
    public async Task An_exact_window_that_nobody_read_is_unflagged()
    {
        var run = await _run.Value;
        var at = ArrivedRecord.Read(run.Messages[Middle(run.Messages)].Payload);
        Assert.Contains(run.Judge(run.Messages, [new Outage(null, at.Start - 2_000_000, at.Start + 500_000)]), c => c.StartsWith("unflagged: ", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> JudgedAsync(Func<IReadOnlyList<MqttMessage>, IReadOnlyList<MqttMessage>> falsify)
    {
        var run = await _run.Value;
        return run.Judge(falsify(run.Messages), []);
    }

    /// <summary>A second of line 1 with all its neighbours.</summary>
    private static int Middle(IReadOnlyList<MqttMessage> messages)
    {
        var seconds = messages.Select((m, i) => (m, i)).Where(e => e.m.Topic.EndsWith("/records/line-1/1s", StringComparison.Ordinal) && e.m.Payload.Contains("\"basis\":\"exact\"", StringComparison.Ordinal)).ToList();
        return seconds[seconds.Count / 2].i;
    }

    private static IReadOnlyList<MqttMessage> Change(IReadOnlyList<MqttMessage> messages, string before, Func<string, string> change)
    {
        var at = Middle(messages);
        var payload = new Regex(Regex.Escape(before) + "([0-9.]+)").Replace(messages[at].Payload, m => before + change(m.Groups[1].Value), 1);
        return [.. messages.Select((m, i) => i == at ? m with { Payload = payload } : m)];
    }
}
