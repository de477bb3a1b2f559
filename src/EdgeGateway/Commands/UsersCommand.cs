using System.CommandLine;
using EdgeGateway.Dashboard.Access;

namespace EdgeGateway.Commands;

/// <summary><c>users</c>: who may log in to the page, and which machines may ask.</summary>
internal static class UsersCommand
{
    private const int TextLimit = 64;

    public static Command Create()
    {
        var file = new Option<string>("--file") { Description = "The file of users that the map's dashboard.users names (default: users.json).", DefaultValueFactory = _ => "users.json" };
        return new Command("users", "Say who may log in to the page beyond loopback, and which machines may read it.") { Add(file), Token(file), List(file), Remove(file) };
    }

    private static Argument<string> NameArgument() => new("name") { Description = "Name of the user or machine." };

    private static Option<Role> RoleOption() => new("--role") { Description = "viewer looks, operator says what happened, admin may do all.", DefaultValueFactory = _ => Role.Viewer };

    private static Command Add(Option<string> file)
    {
        var (name, role) = (NameArgument(), RoleOption());
        var command = new Command("add", "Add a user, or give one a new password; it is read from the terminal, or from standard input.") { name, role, file };
        command.SetAction(parsed => Change(parsed.GetRequiredValue(file), parsed.GetRequiredValue(name), (users, who) =>
        {
            var password = Password();
            if (password.Length < PasswordHash.MinLength)
            {
                Console.Error.WriteLine($"A password has at least {PasswordHash.MinLength} characters.");
                return null;
            }
            Console.WriteLine($"{who} may log in as {parsed.GetValue(role).ToString().ToLowerInvariant()}.");
            return users with { Users = [.. users.Users.Where(u => u.Name != who), new User(who, parsed.GetValue(role), PasswordHash.Make(password))] };
        }));
        return command;
    }

    private static Command Token(Option<string> file)
    {
        var (name, role) = (NameArgument(), RoleOption());
        var command = new Command("token", "Make a token for a machine, such as Prometheus; it is shown once and kept nowhere.") { name, role, file };
        command.SetAction(parsed => Change(parsed.GetRequiredValue(file), parsed.GetRequiredValue(name), (users, who) =>
        {
            var token = MachineTokens.New();
            Console.WriteLine(token);
            return users with { Tokens = [.. users.Tokens.Where(t => t.Name != who), new MachineToken(who, parsed.GetValue(role), MachineTokens.Hash(token))] };
        }));
        return command;
    }

    private static Command List(Option<string> file)
    {
        var command = new Command("list", "List users and tokens.") { file };
        command.SetAction(parsed => Change(parsed.GetRequiredValue(file), "-", (users, _) =>
        {
            foreach (var user in users.Users) Console.WriteLine($"user   {user.Role.ToString().ToLowerInvariant(),-8} {user.Name}");
            foreach (var token in users.Tokens) Console.WriteLine($"token  {token.Role.ToString().ToLowerInvariant(),-8} {token.Name}");
            return users;
        }));
        return command;
    }

    private static Command Remove(Option<string> file)
    {
        var name = NameArgument();
        var command = new Command("remove", "Remove a user or token; a running gateway obeys at once.") { name, file };
        command.SetAction(parsed => Change(parsed.GetRequiredValue(file), parsed.GetRequiredValue(name), (users, who) =>
        {
            var left = new UserFile([.. users.Users.Where(u => u.Name != who)], [.. users.Tokens.Where(t => t.Name != who)]);
            if (left.Users.Count + left.Tokens.Count == users.Users.Count + users.Tokens.Count)
            {
                Console.Error.WriteLine($"There is no user or token '{who}'.");
                return null;
            }
            return left;
        }));
        return command;
    }

    private static int Change(string path, string name, Func<UserFile, string, UserFile?> change)
    {
        if (name.Length is 0 or > TextLimit || name.Any(char.IsControl))
        {
            Console.Error.WriteLine($"A name has 1 to {TextLimit} characters.");
            return ExitCode.Usage;
        }
        try
        {
            var users = UserFile.Load(path);
            if (change(users, name) is not { } changed) return ExitCode.Usage;
            if (!ReferenceEquals(changed, users)) changed.Save(path);
            return ExitCode.Done;
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(problem.Message);
            return ExitCode.Faults;
        }
    }

    private static string Password()
    {
        if (Console.IsInputRedirected) return Console.ReadLine() ?? "";
        Console.Write("Password: ");
        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace && typed.Length > 0) typed.Length--;
            else if (!char.IsControl(key.KeyChar)) typed.Append(key.KeyChar);
        }
        Console.WriteLine();
        return typed.ToString();
    }
}
