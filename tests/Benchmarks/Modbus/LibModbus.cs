using System.Runtime.InteropServices;

namespace EdgeGateway.Benchmarks.Modbus;

/// <summary>A master of libmodbus, the C library that mbpoll brings along; its code does the whole request.</summary>
internal sealed partial class LibModbus : IDisposable
{
    private const string Library = "libmodbus.so.5";
    private const uint PatienceSeconds = 10;
    private readonly nint _master;

    public LibModbus(int port)
    {
        _master = NewTcp("127.0.0.1", port);
        // Its half a second is over where a shared machine stands still.
        if (SetUnit(_master, 1) != 0 || SetPatience(_master, PatienceSeconds, 0) != 0 || Connect(_master) != 0) throw new IOException("libmodbus does not connect.");
    }

    /// <summary>Null where the library is there, else why it is not.</summary>
    public static string? Missing()
    {
        if (!NativeLibrary.TryLoad(Library, out var library)) return $"there is no {Library}; it comes with mbpoll";
        NativeLibrary.Free(library);
        return null;
    }

    /// <summary>Reads holding registers from 0 on.</summary>
    public unsafe void Read(Span<ushort> values)
    {
        int count;
        fixed (ushort* space = values) count = ReadRegisters(_master, 0, values.Length, space);
        if (count != values.Length) throw new IOException("libmodbus got no answer.");
    }

    public void Dispose()
    {
        Close(_master);
        Free(_master);
    }

    [LibraryImport(Library, EntryPoint = "modbus_new_tcp", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint NewTcp(string address, int port);

    [LibraryImport(Library, EntryPoint = "modbus_set_slave")]
    private static partial int SetUnit(nint master, int unit);

    [LibraryImport(Library, EntryPoint = "modbus_set_response_timeout")]
    private static partial int SetPatience(nint master, uint seconds, uint micros);

    [LibraryImport(Library, EntryPoint = "modbus_connect")]
    private static partial int Connect(nint master);

    [LibraryImport(Library, EntryPoint = "modbus_read_registers")]
    private static unsafe partial int ReadRegisters(nint master, int address, int count, ushort* values);

    [LibraryImport(Library, EntryPoint = "modbus_close")]
    private static partial void Close(nint master);

    [LibraryImport(Library, EntryPoint = "modbus_free")]
    private static partial void Free(nint master);
}
