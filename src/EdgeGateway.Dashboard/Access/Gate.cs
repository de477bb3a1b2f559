using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EdgeGateway.Dashboard.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Dashboard.Access;

/// <summary>Lets in: everybody to look, where only this machine can ask; elsewhere whoever logs in or brings a token.</summary>
internal sealed partial class Gate(bool login, UserShelf users, TimeProvider time, ILoggerFactory log)
{
    public const string Cookie = "__Host-edgegateway", CsrfHeader = "x-csrf";

    private const string OtherPage = "The request does not come from a page that is logged in.";

    // Verified where there is no such user, so that names cannot be told by the time an answer takes.
    private static readonly string NoUser = PasswordHash.Make("no such user");
    private readonly Sessions _sessions = new(time);
    private readonly AttemptLimit _attempts = new(time);
    private readonly LoginTurns _turns = new();
    private readonly ILogger _log = log.CreateLogger<Gate>();

    /// <summary>Who asks, or null where a login is needed.</summary>
    public Caller? Who(HttpContext context)
    {
        if (!login) return new Caller(null, Role.Viewer, "");
        var request = context.Request;
        if (_sessions.Find(request.Cookies[Cookie], users.Now) is { } caller) return caller;
        const string bearer = "Bearer ";
        if (request.Headers.Authorization.ToString() is { Length: < 512 } header && header.StartsWith(bearer, StringComparison.OrdinalIgnoreCase))
        {
            var key = Encoding.ASCII.GetBytes(Sessions.Key(header[bearer.Length..].Trim()));
            foreach (var token in users.Now.Tokens)
            {
                if (CryptographicOperations.FixedTimeEquals(key, Encoding.ASCII.GetBytes(token.Sha256))) return new Caller(token.Name, token.Role, "");
            }
        }
        return null;
    }

    /// <summary>Why a request for a route is refused, or null: who asks must have the role, and what changes something must come from a page that is logged in, or with a token.</summary>
    public (int Status, string Text)? Refusal(HttpContext context, Route route)
    {
        if (Who(context) is not { } caller) return (StatusCodes.Status401Unauthorized, "Log in first, or bring a token: Authorization: Bearer ….");
        if (caller.Role < route.Role)
        {
            if (caller.Name is null) return (StatusCodes.Status403Forbidden, "Without a login the page only shows. Use the command line on the box, or open the page with a certificate and users: docs/page.md.");
            LogRefused(caller.Name, caller.Role, route.Path);
            return (StatusCodes.Status403Forbidden, $"{caller.Name} is {caller.Role.ToString().ToLowerInvariant()}; this is for {route.Role.ToString().ToLowerInvariant()} and above.");
        }
        // A token is sent on purpose; a cookie goes along by itself, so that a foreign page could use it.
        return route.Body is null || caller.Csrf.Length == 0 || IsOwnPage(context, caller) ? null : (StatusCodes.Status403Forbidden, OtherPage);
    }

    /// <summary>Users and tokens, without secrets.</summary>
    public UsersAnswer Users() => new([.. users.Now.Users.Select(u => new UserAnswer(u.Name, u.Role.ToString().ToLowerInvariant(), "user")), .. users.Now.Tokens.Select(t => new UserAnswer(t.Name, t.Role.ToString().ToLowerInvariant(), "token"))]);

    private static bool IsOwnPage(HttpContext context, Caller caller) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers[CsrfHeader].ToString()), Encoding.ASCII.GetBytes(caller.Csrf));

    /// <summary>GET /api/v1/session.</summary>
    public Task SessionAsync(HttpContext context) =>
        Who(context) is { } caller
            ? Replies.JsonAsync(context, Replies.Json.SessionAnswer, new SessionAnswer(caller.Name, caller.Role.ToString().ToLowerInvariant(), caller.Csrf))
            : Replies.ErrorAsync(context, StatusCodes.Status401Unauthorized, "Log in first.");

    /// <summary>POST /api/v1/login.</summary>
    public async Task LoginAsync(HttpContext context)
    {
        if (!login)
        {
            await Replies.ErrorAsync(context, StatusCodes.Status404NotFound, "There is no login on loopback.");
            return;
        }
        LoginRequest? wish;
        try
        {
            wish = await JsonSerializer.DeserializeAsync(context.Request.Body, Replies.Json.LoginRequest, context.RequestAborted);
        }
        catch (JsonException)
        {
            wish = null;
        }
        if (wish is not { User: { Length: > 0 and <= 64 } name, Password: { Length: > 0 and <= 512 } password }) throw new BadRequestException("Expected {\"user\": …, \"password\": …}.");
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        // Judged by the failures of those before it, and never two at a time: guesses in a heap are no faster, and take one core at most.
        using var turn = await _turns.TakeAsync(context.RequestAborted);
        var wait = turn is null ? LoginTurns.Busy : _attempts.Wait(address, name);
        if (wait > TimeSpan.Zero)
        {
            var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            context.Response.Headers.RetryAfter = seconds;
            await Replies.ErrorAsync(context, StatusCodes.Status429TooManyRequests, $"Too many {(turn is null ? "logins at once" : "failed logins")}; try again in {seconds} s.");
            return;
        }
        var user = users.Now.Users.FirstOrDefault(u => u.Name == name);
        if (!PasswordHash.Verify(password, user?.Password ?? NoUser) || user is null)
        {
            _attempts.Fail(address, name);
            LogFailed(name, address);
            await Replies.ErrorAsync(context, StatusCodes.Status401Unauthorized, "User or password is wrong.");
            return;
        }
        _attempts.Succeed(address, name);
        LogIn(name, address);
        context.Response.Cookies.Append(Cookie, _sessions.Begin(user), new CookieOptions { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, Path = "/" });
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>POST /api/v1/logout.</summary>
    public async Task LogoutAsync(HttpContext context)
    {
        if (Who(context) is not { } caller || caller.Csrf.Length == 0 || !IsOwnPage(context, caller))
        {
            await Replies.ErrorAsync(context, StatusCodes.Status403Forbidden, OtherPage);
            return;
        }
        _sessions.End(context.Request.Cookies[Cookie]);
        context.Response.Cookies.Delete(Cookie, new CookieOptions { Secure = true, Path = "/" });
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{User} logged in from {Address}.")]
    private partial void LogIn(string user, string address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{User} ({Role}) asked for {Path}, which takes another role.")]
    private partial void LogRefused(string user, Role role, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A login as {User} from {Address} failed.")]
    private partial void LogFailed(string user, string address);
}
