using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace EdgeGateway.Storage.Files;

/// <summary>Holds <c>path.lock</c> for the life of the store, so that a second gateway does not write beside the first. The system lets go of it when the process dies. The file stays.</summary>
internal sealed partial class LockFile : IDisposable
{
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
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
            file.Flush();
            return new LockFile(file);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreException($"{path} cannot be written: {e.Message} Let the gateway's user write to that directory.", e);
        }
        catch (IOException e)
        {
            var holder = HolderOf(path);
            throw new StoreException(
                holder is null
                    ? $"The store {storePath} cannot be locked: {e.Message}"
                    : $"The store {storePath} is in use by process {holder}. Stop that gateway first, or name another file for the store.", e);
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
