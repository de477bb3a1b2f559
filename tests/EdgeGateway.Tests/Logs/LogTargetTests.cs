using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using EdgeGateway.Logs;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Tests.Logs;

public sealed partial class LogTargetTests : IDisposable
{
    private const string Hostile = "press\nPRIORITY=0\nMESSAGE=forged";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_journal_gets_a_field_for_every_value_and_no_value_begins_another_field()
    {
        var path = Path.Combine(_folder.FullName, "journal");
        using var journal = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        journal.Bind(new UnixDomainSocketEndPoint(path));
        using (var log = Factory(new JournalSocket(path, new TextLines(TextWriter.Null)))) LogSilent(log.CreateLogger("EdgeGateway.Drivers.Modbus"), Hostile, 7);

        var datagram = new byte[65_536];
        var fields = Fields(datagram.AsSpan(0, journal.Receive(datagram)));
        Assert.Equal($"{Hostile} is silent, 7 times.", fields["MESSAGE"]);
        Assert.Equal("4", fields["PRIORITY"]);
        Assert.Equal(Hostile, fields["EDGEGATEWAY_DEVICE"]);
        Assert.Equal("7", fields["EDGEGATEWAY_TIMES"]);
        Assert.Equal("Modbus", fields["EDGEGATEWAY_PART"]);
        Assert.Equal("edgegateway", fields["SYSLOG_IDENTIFIER"]);
    }

    [Fact]
    public void What_the_journal_does_not_take_goes_to_standard_error()
    {
        using var text = new StringWriter();
        using (var log = Factory(new JournalSocket(Path.Combine(_folder.FullName, "nobody"), new TextLines(text)))) LogSilent(log.CreateLogger("Part"), "meter", 1);
        Assert.Contains("WARN  Part: meter is silent, 1 times.", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_JSON_holds_the_sentence_and_its_values()
    {
        var path = Path.Combine(_folder.FullName, "gateway.log");
        using (var log = Factory(new JsonLines(new RollingFile(path))))
        {
            var (part, defect) = (log.CreateLogger("A.Part"), new InvalidOperationException("it broke"));
            LogSilent(part, Hostile, 3);
            LogDefect(part, defect);
        }
        var lines = File.ReadAllLines(path);
        Assert.Equal(2, lines.Length);
        var first = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal("WARN", first.GetProperty("level").GetString());
        Assert.Equal("Part", first.GetProperty("part").GetString());
        Assert.Equal(Hostile, first.GetProperty("fields").GetProperty("Device").GetString());
        Assert.False(first.GetProperty("fields").TryGetProperty("{OriginalFormat}", out _));
        Assert.Contains("it broke", JsonDocument.Parse(lines[1]).RootElement.GetProperty("exception").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_file_is_set_aside_and_the_oldest_goes()
    {
        var path = Path.Combine(_folder.FullName, "gateway.log");
        using (var file = new RollingFile(path, limit: 20, kept: 2))
        {
            for (var i = 0; i < 6; i++) file.Write(Encoding.ASCII.GetBytes($"line number {i}\n"));
        }
        Assert.Equal(["line number 5\n", "line number 4\n", "line number 3\n"], new[] { path, path + ".1", path + ".2" }.Select(File.ReadAllText));
        Assert.Equal(3, _folder.GetFiles().Length);
    }

    [Fact]
    public void A_file_that_cannot_be_written_ends_nothing()
    {
        using var file = new RollingFile(Path.Combine(_folder.FullName, "missing", "gateway.log"));
        file.Write("first\n"u8);
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "missing"));
        file.Write("second\n"u8);
        file.Dispose();
        Assert.Equal("second\n", File.ReadAllText(Path.Combine(_folder.FullName, "missing", "gateway.log")));
    }

    private static ILoggerFactory Factory(ILogTarget target) => LoggerFactory.Create(b => b.AddProvider(new LogTargets(TimeProvider.System, target)));

    /// <summary>Reads the native protocol: names with lengths, as the journal does.</summary>
    private static Dictionary<string, string> Fields(ReadOnlySpan<byte> datagram)
    {
        var fields = new Dictionary<string, string>();
        while (!datagram.IsEmpty)
        {
            var end = datagram.IndexOf((byte)'\n');
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(datagram[(end + 1)..]);
            fields.Add(Encoding.ASCII.GetString(datagram[..end]), Encoding.UTF8.GetString(datagram.Slice(end + 9, length)));
            Assert.Equal((byte)'\n', datagram[end + 9 + length]);
            datagram = datagram[(end + 10 + length)..];
        }
        return fields;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Device} is silent, {Times} times.")]
    private static partial void LogSilent(ILogger log, string device, int times);

    [LoggerMessage(Level = LogLevel.Critical, Message = "A defect.")]
    private static partial void LogDefect(ILogger log, Exception defect);
}
