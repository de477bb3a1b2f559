using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EdgeGateway.Benchmarks.Modbus;

/// <summary>Devices in a process of their own, so that their cost is not counted: registers that hold rubbish of the asked length.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    public const string Word = "serve-modbus";

    private const string Changing = "changing";
    private const double SleepMicros = 1_500;
    private const nuint Unlock = 0x40045431, GetNumber = 0x80045430;
    private readonly Process _process;

    private ServerProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>Its process.</summary>
    public int Id => _process.Id;

    /// <summary>The terminal of RTU devices.</summary>
    public string Terminal => string.Create(CultureInfo.InvariantCulture, $"/dev/pts/{Port}");

    /// <summary>Starts devices on TCP, with <paramref name="changing"/> ones whose registers differ in every answer, or with <paramref name="byteMicros"/> RTU devices on a terminal whose bytes take that long each.</summary>
    public static ServerProcess Start(double? byteMicros = null, bool changing = false)
    {
        string[] arguments = byteMicros is { } micros ? [Word, micros.ToString(CultureInfo.InvariantCulture)] : changing ? [Word, Changing] : [Word];
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
        return new ServerProcess(process, int.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>What the child does; ends when it is killed.</summary>
    public static int Serve(string[] arguments)
    {
        var changing = arguments is [_, Changing];
        if (arguments.Length == 2 && !changing) return ServeTty(double.Parse(arguments[1], CultureInfo.InvariantCulture));
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture));
        while (true)
        {
            var socket = listener.Accept();
            socket.NoDelay = true;
            new Thread(() => ServeSocket(socket, changing), 128 * 1024) { IsBackground = true }.Start();
        }
    }

    private static void ServeSocket(Socket socket, bool changing)
    {
        byte[] input = new byte[2_048], output = new byte[2_048 / 12 * 260];
        var held = 0;
        ushort turn = 0;
        while (true)
        {
            var count = socket.Receive(input, held, input.Length - held, SocketFlags.None, out var error);
            if (count <= 0 || error != SocketError.Success) return;
            held += count;
            int start = 0, length = 0;
            for (; held - start >= 12; start += 12)
            {
                var data = 2 * BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(start + 10));
                input.AsSpan(start, 8).CopyTo(output.AsSpan(length));
                BinaryPrimitives.WriteUInt16BigEndian(output.AsSpan(length + 4), (ushort)(3 + data));
                output[length + 8] = (byte)data;
                if (changing)
                {
                    turn++;
                    for (var i = 0; i < data; i += 2) BinaryPrimitives.WriteUInt16BigEndian(output.AsSpan(length + 9 + i), (ushort)(turn + i));
                }
                length += 9 + data;
            }
            // All answers at once, as a quick device would.
            if (length > 0) socket.Send(output, 0, length, SocketFlags.None, out _);
            input.AsSpan(start, held - start).CopyTo(input);
            held -= start;
        }
    }

    // The device sits on the controlling side of a pseudo-terminal: no other process carries the bytes.
    private static int ServeTty(double byteMicros)
    {
        using var port = new FileStream("/dev/ptmx", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        var descriptor = (int)port.SafeFileHandle.DangerousGetHandle();
        int unlocked = 0, number = 0;
        if (Control(descriptor, Unlock, ref unlocked) != 0 || Control(descriptor, GetNumber, ref number) != 0) throw new IOException("No pseudo-terminal.");
        Console.WriteLine(number.ToString(CultureInfo.InvariantCulture));
        byte[] input = new byte[8], pdu = new byte[252], output = new byte[256];
        while (true)
        {
            try
            {
                port.ReadExactly(input);
            }
            catch (IOException)
            {
                // Nobody has the other end open.
                Thread.Sleep(1);
                continue;
            }
            var begin = Stopwatch.GetTimestamp();
            var data = 2 * BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(4));
            (pdu[0], pdu[1]) = (input[1], (byte)data);
            var length = EdgeGateway.Modbus.Framing.Rtu.Write(output, input[0], pdu.AsSpan(0, 2 + data));
            // On a real line the last byte arrives when all of them have passed.
            var wire = (8 + length) * byteMicros;
            // Sleeping first: one that only spins is put aside on a busy machine, and then is late.
            for (double left; (left = wire - Stopwatch.GetElapsedTime(begin).TotalMicroseconds) > 0;)
            {
                if (left > SleepMicros) Thread.Sleep(1);
                else Thread.SpinWait(20);
            }
            port.Write(output, 0, length);
        }
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int descriptor, nuint request, ref int value);
}
