using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Logs;

/// <summary>Lines for systemd's journal, each value a field of its own: <c>journalctl -u edgegateway EDGEGATEWAY_DEVICE=press-meter</c>.</summary>
/// <remarks>Native protocol of the journal (systemd.io/JOURNAL_NATIVE_PROTOCOL): a datagram of fields; a value goes in with its length, so that no line end in it can begin another field.</remarks>
internal sealed class JournalSocket : ILogTarget
{
    /// <summary>Where the journal listens.</summary>
    public const string DefaultPath = "/run/systemd/journal/socket";

    private const int MostBytes = 48 * 1024;
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly UnixDomainSocketEndPoint _journal;
    private readonly ILogTarget _otherwise;
    private readonly ArrayBufferWriter<byte> _message = new(1024);

    /// <summary>Makes the target.</summary>
    /// <param name="path">Where the journal listens.</param>
    /// <param name="otherwise">Takes what the journal does not; owned.</param>
    public JournalSocket(string path, ILogTarget otherwise)
    {
        (_journal, _otherwise) = (new UnixDomainSocketEndPoint(path), otherwise);
        // A journal that is behind must not hold up the gateway.
        _socket.Blocking = false;
    }

    /// <summary>True where systemd gave this process the journal as its standard error.</summary>
    public static bool IsStandardError(Func<string, string?> environment) => !string.IsNullOrEmpty(environment("JOURNAL_STREAM")) && File.Exists(DefaultPath);

    public void Write(in LogLine line)
    {
        _message.ResetWrittenCount();
        Field("MESSAGE", line.Exception is null ? line.Message : $"{line.Message} {line.Exception}");
        // Levels of syslog, RFC 5424, 6.2.1.
        Field("PRIORITY", line.Level switch { LogLevel.Critical => "2", LogLevel.Error => "3", LogLevel.Warning => "4", LogLevel.Information => "6", _ => "7" });
        Field("SYSLOG_IDENTIFIER", "edgegateway");
        Field("EDGEGATEWAY_PART", line.Category);
        foreach (var (name, value) in line.Values) Field("EDGEGATEWAY_" + Name(name), value);
        try
        {
            _socket.SendTo(_message.WrittenSpan, _journal);
        }
        catch (SocketException)
        {
            _otherwise.Write(line);
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _otherwise.Dispose();
    }

    private void Field(string name, string value)
    {
        if (_message.WrittenCount >= MostBytes) return;
        var bytes = Encoding.UTF8.GetBytes(value).AsSpan();
        if (bytes.Length > MostBytes - _message.WrittenCount) bytes = bytes[..(MostBytes - _message.WrittenCount)];
        _message.Write(Encoding.ASCII.GetBytes(name));
        _message.Write("\n"u8);
        BinaryPrimitives.WriteUInt64LittleEndian(_message.GetSpan(8), (ulong)bytes.Length);
        _message.Advance(8);
        _message.Write(bytes);
        _message.Write("\n"u8);
    }

    /// <summary>Names of fields are upper case letters, digits and underscores.</summary>
    private static string Name(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpper(c, CultureInfo.InvariantCulture) : '_'));
}
