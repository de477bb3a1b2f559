using EdgeGateway.Identity;

namespace EdgeGateway.Tests.Identity;

public sealed class MachineIdentityTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-host-");

    public void Dispose() => _folder.Delete(recursive: true);

    private MachineIdentity Machine(string? installation = null, string? board = null, string? firmware = null, params string[] ports)
    {
        var host = new TestHost(Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N")));
        if (installation is not null) host.Write("etc/machine-id", installation + "\n");
        if (board is not null) host.Write("sys/firmware/devicetree/base/serial-number", board + "\0");
        if (firmware is not null) host.Write("sys/class/dmi/id/product_uuid", firmware + "\n");
        foreach (var port in ports)
        {
            var name = "eth" + port[..1];
            host.Write($"sys/class/net/{name}/device/vendor", "0x8086");
            host.Write($"sys/class/net/{name}/addr_assign_type", "0\n");
            host.Write($"sys/class/net/{name}/address", port + "\n");
        }
        return MachineIdentity.Of(new HostFiles(host.Root));
    }

    [Fact]
    public void A_copied_card_in_another_board_is_another_machine()
    {
        Assert.False(Machine("card", "10000000aaaa").IsSameAs(Machine("card", "10000000bbbb")));
        Assert.False(Machine("card", ports: "1a:00").IsSameAs(Machine("card", ports: "1b:00")));
        Assert.False(Machine("card", firmware: "u-1").IsSameAs(Machine("card", firmware: "u-2")));
    }

    [Fact]
    public void A_store_on_another_installation_is_on_another_machine()
    {
        Assert.False(Machine("one", "10000000aaaa").IsSameAs(Machine("two", "10000000aaaa")));
        Assert.False(Machine("one").IsSameAs(Machine("two")));
    }

    [Fact]
    public void A_replaced_network_card_or_a_file_that_may_no_longer_be_read_is_no_other_machine()
    {
        Assert.True(Machine("one", firmware: "u-1", ports: "1a:00").IsSameAs(Machine("one", firmware: "u-1", ports: "1b:00")));
        Assert.True(Machine("one", firmware: "u-1").IsSameAs(Machine("one", ports: "1a:00")));
        Assert.True(Machine("one", ports: ["1a:00", "2a:00"]).IsSameAs(Machine("one", ports: ["1c:00", "2a:00"])));
        Assert.True(Machine("one").IsSameAs(Machine()));
    }

    [Fact]
    public void Ports_that_are_no_hardware_and_made_up_addresses_tell_nothing()
    {
        var host = new TestHost(Path.Combine(_folder.FullName, "container"));
        host.Write("sys/class/net/eth0/addr_assign_type", "0\n");
        host.Write("sys/class/net/eth0/address", "02:42:ac:11:00:02\n");
        host.Write("sys/class/net/wlan0/device/vendor", "x");
        host.Write("sys/class/net/wlan0/addr_assign_type", "3\n");
        host.Write("sys/class/net/wlan0/address", "02:42:ac:11:00:03\n");
        Assert.False(MachineIdentity.Of(new HostFiles(host.Root)).IsKnown);
        Assert.False(MachineIdentity.Of(new HostFiles(Path.Combine(_folder.FullName, "nothing"))).IsKnown);
    }

    [Fact]
    public void What_is_kept_reads_back_and_shows_no_id()
    {
        var machine = Machine("c0ffee", "10000000aaaa", "u-1", "1a:00", "2a:00");
        var kept = MachineIdentity.Parse(machine.ToString());
        Assert.Equal((machine.Installation, string.Join(' ', machine.Hardware)), (kept.Installation, string.Join(' ', kept.Hardware)));
        Assert.DoesNotContain("c0ffee", machine.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("aaaa", machine.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, machine.Hardware.Count);
        Assert.True(MachineIdentity.Parse("").IsSameAs(machine));
        Assert.Equal("", MachineIdentity.Parse(Machine(board: "b").ToString()).Installation);
    }
}
