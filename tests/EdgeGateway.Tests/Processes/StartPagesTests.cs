using EdgeGateway.Composition;

namespace EdgeGateway.Tests.Processes;

/// <summary>Which pages of the program's file are given back after the start.</summary>
public sealed class StartPagesTests
{
    private const string Maps = """
        00400000-00500000 r--p 00000000 08:01 42                                 /usr/lib/edgegateway/edgegateway
        Size:               1024 kB
        Rss:                 512 kB
        Anonymous:             0 kB
        00500000-01100000 r-xp 00100000 08:01 42                                 /usr/lib/edgegateway/edgegateway
        Rss:               11808 kB
        Anonymous:             0 kB
        01100000-01102000 r--p 00d00000 08:01 42                                 /usr/lib/edgegateway/edgegateway
        Rss:                   8 kB
        Anonymous:             8 kB
        01102000-01160000 rw-p 00d02000 08:01 42                                 /usr/lib/edgegateway/edgegateway
        Rss:                 368 kB
        Anonymous:             0 kB
        01160000-018c0000 rw-p 00000000 00:00 0
        Rss:                7676 kB
        Anonymous:          7676 kB
        7f0000000000-7f0000100000 r-xp 00000000 08:01 43                         /usr/lib/libcrypto.so.3
        Rss:                1908 kB
        Anonymous:             0 kB
        7f0000100000-7f0000200000 r-xp 00000000 08:01 44                         /usr/lib/edgegateway/edgegateway (deleted)
        Rss:                1908 kB
        Anonymous:             0 kB
        """;

    [Fact]
    public void Only_what_nobody_can_have_written_to() => Assert.Equal(
        [new StartPages.Mapping(0x400000, 0x500000, 512 * 1024), new StartPages.Mapping(0x500000, 0x1100000, 11808 * 1024)],
        StartPages.Clean(Maps.Split('\n', StringSplitOptions.TrimEntries), "/usr/lib/edgegateway/edgegateway"));

    [Fact]
    public void A_process_runs_on_when_they_are_gone()
    {
        var first = StartPages.GiveBack();
        Assert.True(first >= 0);
        // What is read afterwards comes from the file again.
        Assert.True(StartPages.GiveBack() <= first + 1048576);
    }
}
