namespace EdgeGateway.Dashboard.Access;

/// <summary>Users as they are in the file now: a user who is removed is out at once, without a restart. Thread-safe.</summary>
internal sealed class UserShelf(string path)
{
    private readonly Lock _gate = new();
    private DateTime _written;
    private UserFile _file = UserFile.Empty;

    /// <summary>The file as it is; where it has become unreadable nobody gets in.</summary>
    public UserFile Now
    {
        get
        {
            lock (_gate)
            {
                var written = File.GetLastWriteTimeUtc(path);
                if (written == _written) return _file;
                try
                {
                    _file = UserFile.Load(path);
                }
                catch (Exception unreadable) when (unreadable is IOException or InvalidDataException or UnauthorizedAccessException)
                {
                    _file = UserFile.Empty;
                }
                _written = written;
                return _file;
            }
        }
    }
}
