using System.Text;
using System.Text.RegularExpressions;
using EdgeGateway.Control;
using EdgeGateway.Dashboard.Access;
using EdgeGateway.Dashboard.Language;
using EdgeGateway.DeviceMaps.Language;
using Microsoft.AspNetCore.Http;

namespace EdgeGateway.Dashboard.Tests;

/// <summary>What the page has done, and what it is refused, is answered in the language in which it asks.</summary>
public sealed partial class AnswerLanguageTests
{
    private static readonly string Source = Path.Combine(EdgeGateway.Tests.Repository.Root, "src");

    [Fact]
    public void Every_sentence_that_an_action_of_the_page_answers_is_known_in_Chinese()
    {
        var commands = PageAction.All.Select(a => a.Command).Distinct().Select(c => $"EdgeGateway/Control/{char.ToUpperInvariant(c[0])}{c[1..]}Control.cs");
        var said = commands.Append("EdgeGateway/Reloading/MapReload.cs").SelectMany(f => Sentences(f)).Append("7 failed: 7").ToArray();
        Assert.True(said.Length >= 30, string.Join('\n', said));
        Assert.Equal([], said.Where(s => ChineseAnswers.Of(s) is not { } chinese || !Han().IsMatch(chinese)));
    }

    [Fact]
    public void Every_sentence_with_which_page_and_API_refuse_is_known_in_Chinese()
    {
        var said = Directory.GetFiles(Path.Combine(Source, "EdgeGateway.Dashboard"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(f => Sentences(f, l => l.Contains("BadRequestException(", StringComparison.Ordinal) || l.Contains("ErrorAsync(", StringComparison.Ordinal) || l.Contains("return (StatusCodes.", StringComparison.Ordinal) || l.Contains("OtherPage =", StringComparison.Ordinal)))
            .Where(s => s != "GET").ToArray();
        Assert.True(said.Length >= 25, string.Join('\n', said));
        Assert.Equal([], said.Where(s => PageLanguage.Chinese(s) is not { } chinese || !Han().IsMatch(chinese)));
    }

    [Theory]
    [InlineData("platform: 3 items dropped; there may be more: ask again. The target never had them; the records themselves stay in the log, and 'republish' sends their stretch again.", "platform：已丢弃 3 条，可能还有：请再执行一次。目标从未收到这些数据；记录本身仍在日志中，republish 可重发该段。")]
    [InlineData("Restarted 1 buses and 0 publishers and ended 2 buses and 0 publishers; all others run on.", "已重启 1 条线路、0 个上传目标，停止 2 条线路、0 个上传目标，其余照常运行。")]
    [InlineData("device 'press-meter': poll 5s → 1s", "设备“press-meter”：poll 5s → 1s")]
    [InlineData("connection 'bus-1': new", "连接“bus-1”：新增")]
    [InlineData("unit 'line-1': was 'line-a'", "单元“line-1”：原名“line-a”")]
    [InlineData("Noted, and not followed: from 7 steps, read last, the old meter cannot have come to 3.", "已记录，但未执行：旧表最后读数为 7 步，不可能走到 3。")]
    [InlineData("Nothing like that is in quarantine: any publisher, records, item 4. 'quarantine list' shows what is.", "隔离区里没有这样的数据：任一上传目标、records、编号 4。quarantine list 可列出现有数据。")]
    [InlineData("There is no publisher 'plattform'; did you mean 'platform'?", "没有上传目标“plattform”；是否想写“platform”？")]
    [InlineData("rtc      vouches for 2026-11-24T00:00:00Z", "rtc      作证：2026-11-24T00:00:00Z")]
    public void Says_it_in_Chinese(string english, string chinese) => Assert.Equal(chinese, ChineseAnswers.Of(english));

    [Theory]
    [InlineData("zh-CN", MessageLanguage.Chinese)]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", MessageLanguage.Chinese)]
    [InlineData("fr, zh;q=0.5", MessageLanguage.Chinese)]
    [InlineData("en-GB,en;q=0.9,zh;q=0.8", MessageLanguage.English)]
    [InlineData("*", MessageLanguage.English)]
    [InlineData("", MessageLanguage.English)]
    public void A_browser_names_its_language(string header, MessageLanguage expected)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.AcceptLanguage = header;
        Assert.Equal(expected, PageLanguage.Of(request));
    }

    /// <summary>The sentences in a file of the source, holes filled.</summary>
    private static IEnumerable<string> Sentences(string file, Predicate<string>? line = null) => File.ReadLines(Path.Combine(Source, file))
        .Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal) && !l.Contains("LoggerMessage", StringComparison.Ordinal) && (line is null || line(l)))
        .SelectMany(Literals).Where(s => s.Contains(' ', StringComparison.Ordinal) && char.IsPunctuation(s[^1]) && !s.StartsWith(';'));

    /// <summary>Literals of a line of C#: a hole is 7, or the first text that it may be.</summary>
    private static IEnumerable<string> Literals(string line)
    {
        for (var at = line.IndexOf('"', StringComparison.Ordinal); at >= 0; at = at < line.Length ? line.IndexOf('"', at) : -1) yield return Literal(line, ref at);
    }

    private static string Literal(string line, ref int at)
    {
        var (text, holes) = (new StringBuilder(), at > 0 && line[at - 1] == '$');
        for (at++; line[at] != '"'; at++)
        {
            if (line[at] == '\\') text.Append(line[++at]);
            else if (!holes || line[at] != '{') text.Append(line[at]);
            else text.Append(Hole(line, ref at));
        }
        at++;
        return text.ToString();
    }

    private static string Hole(string line, ref int at)
    {
        string? first = null;
        for (at++; line[at] != '}';)
        {
            if (line[at] != '"') at++;
            else if (Literal(line, ref at) is var text) first ??= text;
        }
        return first ?? "7";
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();
}
