using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Storage.Files;

/// <summary>Holds <c>path.lock</c> for the life of the store, so that a second gateway does not write beside the first. The system lets go of it when the process dies. The file stays.</summary>
internal sealed partial class LockFile : IDisposable
{
    private const int ReadOnlyFileSystem = 30; // EROFS

    private readonly FileStream _file;

    private LockFile(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="StoreException">Another process holds it; the message names it.</exception>
    public static LockFile Take(string storePath)
    {
        var path = storePath + ".lock";
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            WriteNumber(file);
            return new LockFile(file);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreException($"{path} cannot be written: {e.Message} Let the gateway's user write to that directory.", e);
        }
        catch (IOException e)
        {
            // On a read-only file system the number in the file is that of a process long gone.
            var holder = e.HResult == ReadOnlyFileSystem ? null : HolderOf(path);
            throw new StoreException(
                holder is null
                    ? $"The store {storePath} cannot be locked: {e.Message}"
                    : $"The store {storePath} is in use by process {holder}. Stop that gateway first, or name another file for the store.", e);
        }
    }

    /// <summary>The number is for messages only: a full disk does not take it, and the lock holds all the same.</summary>
    private static void WriteNumber(FileStream file)
    {
        try
        {
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
            file.Flush();
        }
        catch (IOException)
        {
            // Said where it matters: when the store itself is opened or written.
        }
    }

    /// <summary>Lets go.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>The number in the file, read past the lock: .NET would ask for the lock even to read.</summary>
    private static string? HolderOf(string path)
    {
        const int readOnlyCloseOnExec = 0x80000;
        if (!OperatingSystem.IsLinux()) return null;
        using var handle = new SafeFileHandle(Open(path, readOnlyCloseOnExec), ownsHandle: true);
        if (handle.IsInvalid) return null;
        Span<byte> bytes = stackalloc byte[16];
        var length = RandomAccess.Read(handle, bytes, 0);
        var text = Encoding.ASCII.GetString(bytes[..length]).Trim();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? text : null;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
