using System.Globalization;

namespace EdgeGateway.Logs;

/// <summary>A file that is set aside once it is full: <c>name.1</c> is the newest of those before, and the oldest goes. What cannot be written is dropped and said once on standard error; the next line is tried again.</summary>
/// <param name="path">The file.</param>
/// <param name="limit">Bytes of one file.</param>
/// <param name="kept">Files beside the one that is written.</param>
internal sealed class RollingFile(string path, long limit = RollingFile.DefaultLimit, int kept = RollingFile.DefaultKept) : Stream
{
    public const long DefaultLimit = 10 * 1024 * 1024;
    public const int DefaultKept = 4;
    private FileStream? _file;
    private bool _complained;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _file ??= Open();
            if (_file.Length > 0 && _file.Length + buffer.Length > limit) Roll();
            _file.Write(buffer);
            _file.Flush();
            _complained = false;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            if (!_complained) Console.Error.WriteLine($"The log cannot be written to {path}: {problem.Message} Lines are missing there until it can.");
            _complained = true;
            _file?.Dispose();
            _file = null;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file?.Dispose();
        base.Dispose(disposing);
    }

    private FileStream Open()
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read | FileShare.Delete };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        return new FileStream(path, options);
    }

    private void Roll()
    {
        _file!.Dispose();
        _file = null;
        for (var i = kept; i > 0; i--)
        {
            var from = i == 1 ? path : Aside(i - 1);
            if (File.Exists(from)) File.Move(from, Aside(i), overwrite: true);
        }
        _file = Open();
    }

    private string Aside(int number) => string.Create(CultureInfo.InvariantCulture, $"{path}.{number}");
}
