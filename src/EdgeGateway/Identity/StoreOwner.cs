using System.Globalization;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Identity;

/// <summary>Whose a store is: the machine that made it, or the one that adopted it since.</summary>
/// <param name="store">The store.</param>
/// <param name="machine">This machine, or null where it is not to be asked.</param>
/// <param name="time">The clock.</param>
internal sealed class StoreOwner(IStore store, MachineIdentity? machine, TimeProvider time)
{
    private const string MachineNote = "machine", AdoptionNote = "adoption";

    /// <summary>Why nothing of a foreign store may be published.</summary>
    public const string Reason = "This store was made on another machine: nothing is published, so that two gateways cannot speak under one name. If the other one is gone, say 'edgegateway adopt'.";

    /// <summary>Whether the store may be published from here. A store that names no machine becomes this one's; what is known of it more than before is kept.</summary>
    public bool Claim()
    {
        if (machine is not { IsKnown: true }) return true;
        var kept = store.Note(MachineNote);
        if (kept is not null && !machine.IsSameAs(MachineIdentity.Parse(kept))) return false;
        if (kept != Known(kept)) store.PutNote(MachineNote, Known(kept));
        return true;
    }

    /// <summary>Makes the store this machine's and raises its epoch, in one commit; <see cref="SayAsync"/> puts it into the log.</summary>
    public long? Adopt(string by)
    {
        var now = UtcMicros.From(time.GetUtcNow());
        return store.RaiseEpoch(Math.Max(now, store.Opened.LastNow) / UtcMicros.PerSecond, epoch =>
        [
            new(MachineNote, machine is { IsKnown: true } ? machine.ToString() : null),
            new(AdoptionNote, string.Create(CultureInfo.InvariantCulture, $"{epoch ?? 0} {now} {by}")),
        ]);
    }

    /// <summary>Says an adoption that the log does not know yet; it may have been made while no gateway ran.</summary>
    public async Task SayAsync(Func<OperatorWord, CancellationToken, Task<long>> say, CancellationToken cancellationToken)
    {
        if (store.Note(AdoptionNote)?.Split(' ', 3) is not [var epoch, var at, var by]) return;
        var raised = long.Parse(epoch, CultureInfo.InvariantCulture);
        await say(AdoptWord.Of(raised == 0 ? null : raised, long.Parse(at, CultureInfo.InvariantCulture), by), cancellationToken);
        store.PutNote(AdoptionNote, null);
    }

    /// <summary>Hardware that is missing now, such as a port without its driver, is not forgotten; one that is new is added.</summary>
    private string Known(string? kept)
    {
        if (kept is null) return machine!.ToString();
        var was = MachineIdentity.Parse(kept);
        return new MachineIdentity(was.Installation.Length > 0 ? was.Installation : machine!.Installation, [.. was.Hardware.Union(machine!.Hardware)]).ToString();
    }
}
