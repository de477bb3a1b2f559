using EdgeGateway.Identity;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Pipeline.Time;

namespace EdgeGateway.Composition;

/// <summary>Where a gateway's time comes from: the boot it counts from, and who may vouch, in order: NTP, battery clock, device, operator.</summary>
internal sealed class GatewayClock
{
    public GatewayClock(GatewayOptions options, IStore store)
    {
        Stamps = new StampClock(options.Time);
        Boot = options.BootId ?? (options.Host ?? new HostFiles("/")).BootId ?? Guid.NewGuid().ToString();
        Device = new DeviceTime(Stamps, store.Opened.LastNow);
        Operator.Read(store.Note(Control.ClockControl.KeptNote), Boot);
        Sources = options.Host is { } host
            ? [options.ClockSource, new RtcClock(host.Rtc, options.Time, store.Opened.LastNow, store.Opened.LastVerified), Device, Operator]
            : [options.ClockSource, Device, Operator];
    }

    public StampClock Stamps { get; }

    /// <summary>This boot of the machine.</summary>
    public string Boot { get; }

    /// <summary>Who may vouch, the best first.</summary>
    public IReadOnlyList<IClockSource> Sources { get; }

    public DeviceTime Device { get; }

    public OperatorClock Operator { get; } = new();
}
