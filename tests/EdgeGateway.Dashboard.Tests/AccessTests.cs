using EdgeGateway.Dashboard.Access;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGateway.Dashboard.Tests;

public class AccessTests
{
    [Fact]
    public void A_password_is_kept_as_a_salted_hash_that_only_it_opens()
    {
        var (one, two) = (PasswordHash.Make("correct horse"), PasswordHash.Make("correct horse"));
        Assert.NotEqual(one, two);
        Assert.DoesNotContain("horse", one, StringComparison.Ordinal);
        Assert.StartsWith("pbkdf2-sha256$600000$", one, StringComparison.Ordinal);
        Assert.True(PasswordHash.Verify("correct horse", one));
        Assert.False(PasswordHash.Verify("correct hors", one));
    }

    [Theory]
    [InlineData("")]
    [InlineData("pbkdf2-sha256$600000$x")]
    [InlineData("pbkdf2-sha256$-1$AAAA$AAAA")]
    [InlineData("pbkdf2-sha256$999999999$AAAA$AAAA")]
    [InlineData("plain$1$AAAA$AAAA")]
    public void A_hash_that_makes_no_sense_lets_nobody_in(string hash) => Assert.False(PasswordHash.Verify("", hash));

    [Fact]
    public void Guessing_is_slowed_down_and_time_forgives()
    {
        var time = new FakeTimeProvider();
        var limit = new AttemptLimit(time);
        for (var i = 0; i < AttemptLimit.Free; i++)
        {
            Assert.Equal(TimeSpan.Zero, limit.Wait("10.0.0.1", "li"));
            limit.Fail("10.0.0.1", "li");
        }
        Assert.Equal(TimeSpan.FromSeconds(2), limit.Wait("10.0.0.1", "li"));
        Assert.Equal(TimeSpan.FromSeconds(2), limit.Wait("10.0.0.2", "li"));
        Assert.Equal(TimeSpan.FromSeconds(2), limit.Wait("10.0.0.1", "wang"));
        Assert.Equal(TimeSpan.Zero, limit.Wait("10.0.0.2", "wang"));
        for (var i = 0; i < 40; i++) limit.Fail("10.0.0.1", "li");
        Assert.Equal(TimeSpan.FromMinutes(15), limit.Wait("10.0.0.1", "li"));
        time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(TimeSpan.Zero, limit.Wait("10.0.0.1", "li"));
    }

    [Fact]
    public async Task Logins_are_judged_one_at_a_time_and_a_long_queue_is_turned_away()
    {
        var turns = new LoginTurns();
        var stop = TestContext.Current.CancellationToken;
        var first = await turns.TakeAsync(stop);
        Assert.NotNull(first);
        var waiting = Enumerable.Range(0, 16).Select(_ => turns.TakeAsync(stop).AsTask()).ToArray();
        Assert.DoesNotContain(waiting, w => w.IsCompleted);
        Assert.Null(await turns.TakeAsync(stop));
        first.Dispose();
        foreach (var turn in waiting) (await turn)!.Dispose();
        using var gone = new CancellationTokenSource();
        using (await turns.TakeAsync(stop))
        {
            var left = turns.TakeAsync(gone.Token).AsTask();
            await gone.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        }
        Assert.NotNull(await turns.TakeAsync(stop));
    }

    [Fact]
    public void A_session_ends_by_time_by_logout_and_with_its_user()
    {
        var time = new FakeTimeProvider();
        var sessions = new Sessions(time);
        var user = new User("li", Role.Operator, "-");
        var file = new UserFile([user], []);
        var cookie = sessions.Begin(user);
        Assert.Equal("li", sessions.Find(cookie, file)?.Name);
        Assert.Null(sessions.Find(cookie + "0", file));
        Assert.Null(sessions.Find(cookie, UserFile.Empty));
        Assert.Null(sessions.Find(cookie, new UserFile([user with { Role = Role.Viewer }], [])));
        Assert.Null(sessions.Find(cookie, new UserFile([user with { Password = "another" }], [])));
        sessions.End(cookie);
        Assert.Null(sessions.Find(cookie, file));
        cookie = sessions.Begin(user);
        time.Advance(TimeSpan.FromHours(12));
        Assert.Null(sessions.Find(cookie, file));
    }

    [Fact]
    public void The_file_of_users_comes_back_as_it_was_and_is_its_owners_alone()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "users.json");
            Assert.Empty(UserFile.Load(path).Users);
            new UserFile([new User("李雷", Role.Admin, "hash")], [new MachineToken("prometheus", Role.Viewer, "00")]).Save(path);
            Assert.Equal(new User("李雷", Role.Admin, "hash"), Assert.Single(UserFile.Load(path).Users));
            Assert.Equal("prometheus", Assert.Single(UserFile.Load(path).Tokens).Name);
            var damaged = Path.Combine(folder.FullName, "damaged.json");
            File.WriteAllText(damaged, "{\"users\": 3}");
            Assert.Contains(damaged, Assert.Throws<InvalidDataException>(() => UserFile.Load(damaged)).Message, StringComparison.Ordinal);
            if (OperatingSystem.IsWindows()) return;
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            // A service's folder: root adds users there, and the service must read them.
            var service = Directory.CreateDirectory(Path.Combine(folder.FullName, "service"));
            File.SetUnixFileMode(service.FullName, UnixFileMode.SetGroup | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
            UserFile.Load(path).Save(Path.Combine(service.FullName, "users.json"));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(Path.Combine(service.FullName, "users.json")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]", true)]
    [InlineData("gw-01.plant.example", true)]
    [InlineData("GW-01.PLANT.EXAMPLE", true)]
    [InlineData("plant.example", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("", false)]
    public void Only_names_of_this_box_are_answered(string host, bool allowed) => Assert.Equal(allowed, new HostRule(["gw-01.plant.example"]).Allows(host));

    [Theory]
    [InlineData(null, true)]
    [InlineData("https://gw:8443", true)]
    [InlineData("http://gw:8443", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("null", false)]
    public void A_change_comes_from_the_own_page_alone(string? origin, bool allowed) => Assert.Equal(allowed, HostRule.SameOrigin(origin, "https", "gw:8443"));
}
