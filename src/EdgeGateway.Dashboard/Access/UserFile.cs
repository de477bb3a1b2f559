using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeGateway.Dashboard.Access;

/// <summary>What a user may do; each contains the one before.</summary>
public enum Role
{
    /// <summary>Look.</summary>
    Viewer = 1,

    /// <summary>Say what happened on the shop floor.</summary>
    Operator = 2,

    /// <summary>All.</summary>
    Admin = 3,
}

/// <summary>A user.</summary>
/// <param name="Name">Name.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Password">Hash by <see cref="PasswordHash"/>.</param>
public sealed record User(string Name, Role Role, string Password);

/// <summary>A machine's token.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Sha256">SHA-256 of the token, hexadecimal; the token itself is random and long, and kept nowhere.</param>
public sealed record MachineToken(string Name, Role Role, string Sha256);

/// <summary>Users and tokens of a box.</summary>
/// <param name="Users">Users.</param>
/// <param name="Tokens">Tokens.</param>
public sealed record UserFile(IReadOnlyList<User> Users, IReadOnlyList<MachineToken> Tokens)
{
    /// <summary>Nobody.</summary>
    public static UserFile Empty { get; } = new([], []);

    /// <summary>Reads the file; a missing one holds nobody.</summary>
    /// <exception cref="InvalidDataException">It is no such file; the message says so.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static UserFile Load(string path)
    {
        if (!File.Exists(path)) return Empty;
        try
        {
            var file = JsonSerializer.Deserialize(File.ReadAllBytes(path), UserFileJson.Default.UserFile);
            return file is { Users: not null, Tokens: not null } ? file : throw new InvalidDataException($"{path} holds no users. Write it with: edgegateway users add NAME");
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException($"{path} is no file of users: {damage.Message}", damage);
        }
    }

    /// <summary>Writes the file in one step, readable by its owner alone; in a folder whose files belong to its group, such as a service's, by that group too.</summary>
    public void Save(string path)
    {
        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | OfGroup(path);
        using (var stream = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(stream, this, UserFileJson.Default.UserFile);
            stream.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Root adds users for a service that runs as somebody else: the folder's set-group-ID bit says whose its files are.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static UnixFileMode OfGroup(string path) => (File.GetUnixFileMode(Path.GetDirectoryName(Path.GetFullPath(path))!) & UnixFileMode.SetGroup) != 0 ? UnixFileMode.GroupRead : UnixFileMode.None;
}

[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(UserFile))]
internal sealed partial class UserFileJson : JsonSerializerContext;
