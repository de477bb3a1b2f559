using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using EdgeGateway.Drivers.Modbus.Sockets;

namespace EdgeGateway.Drivers.Modbus.Serial;

/// <summary>An open serial port of Linux, for this process alone.</summary>
/// <remarks>
/// Its bytes go through a descriptor of its own: through <see cref="System.IO.Ports.SerialPort"/> an answer takes milliseconds. That class makes the settings, which stay when it is closed,
/// because the terminal is still open; opened the other way round, it would have locked this descriptor out.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class Tty : IDisposable
{
    private const string InUse = "another program, or another connection of this gateway, uses the port";

    private Tty(int descriptor) => Descriptor = descriptor;

    public int Descriptor { get; private set; }

    /// <summary>Opens, locks and sets a port. May take as long as the adapter's driver does.</summary>
    /// <exception cref="IOException">It does not exist, may not be used, is used by another program, or does not take the settings.</exception>
    public static Tty Open(PortSettings settings)
    {
        var descriptor = SerialCalls.Open(settings.Name, SerialCalls.ReadWrite | SerialCalls.NoControl | SerialCalls.NonBlocking | SerialCalls.CloseOnExec);
        if (descriptor < 0) throw new IOException(Marshal.GetLastPInvokeError() == SerialCalls.Busy ? InUse : LastError());
        var tty = new Tty(descriptor);
        try
        {
            if (SerialCalls.Lock(descriptor, SerialCalls.LockExclusive | SerialCalls.LockNonBlocking) < 0) throw new IOException(InUse);
            tty.Set(settings);
            return tty;
        }
        catch (Exception e)
        {
            tty.Dispose();
            if (e is IOException) throw;
            throw new IOException(e.Message, e);
        }
    }

    /// <summary>Reads what is there; 0 where nothing is.</summary>
    public unsafe int Read(Span<byte> space, out string? error)
    {
        error = null;
        nint count;
        fixed (byte* bytes = space) count = SerialCalls.Read(Descriptor, bytes, space.Length);
        if (count > 0) return (int)count;
        if (count == 0) error = "the port is gone";
        else if (Marshal.GetLastPInvokeError() is not (SerialCalls.Again or LinuxCalls.Interrupted)) error = LastError();
        return 0;
    }

    /// <summary>Writes what fits; 0 where nothing does.</summary>
    public unsafe int Write(ReadOnlySpan<byte> output, out string? error)
    {
        error = null;
        nint count;
        fixed (byte* bytes = output) count = SerialCalls.Write(Descriptor, bytes, output.Length);
        if (count >= 0) return (int)count;
        if (Marshal.GetLastPInvokeError() is not (SerialCalls.Again or LinuxCalls.Interrupted)) error = LastError();
        return 0;
    }

    public void Dispose()
    {
        if (Descriptor < 0) return;
        LinuxCalls.Close(Descriptor);
        Descriptor = -1;
    }

    private static string LastError() => new Win32Exception(Marshal.GetLastPInvokeError()).Message;

    private unsafe void Set(PortSettings settings)
    {
        // Modem lines stay as the system set them: on some RS-485 adapters they switch the sender on.
        var lines = 0;
        var hasLines = SerialCalls.Control(Descriptor, SerialCalls.GetModemLines, &lines) == 0;
        using (var port = settings.Port()) port.Open();
        if (hasLines) SerialCalls.Control(Descriptor, SerialCalls.SetModemLines, &lines);
        SerialCalls.Control(Descriptor, SerialCalls.Exclusive, null);
        AskForLowLatency();
        SerialCalls.Control(Descriptor, SerialCalls.Flush, (void*)SerialCalls.FlushInput);
    }

    // USB adapters collect bytes for up to 16 ms otherwise. Those that cannot be asked say so, and are as slow as they are.
    private unsafe void AskForLowLatency()
    {
        var serial = stackalloc int[SerialCalls.SerialSize / sizeof(int)];
        if (SerialCalls.Control(Descriptor, SerialCalls.GetSerial, serial) != 0) return;
        serial[SerialCalls.SerialFlags] |= SerialCalls.LowLatency;
        SerialCalls.Control(Descriptor, SerialCalls.SetSerial, serial);
    }
}
