using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.Control;

namespace EdgeGateway.Commands;

/// <summary><c>write</c>: a value to a writable point, through the running gateway.</summary>
internal static class WriteCommand
{
    public static Command Create()
    {
        var map = MapArgument.Create();
        var point = new Argument<string>("point") { Description = "The point, device.point; the map must mark it writable." };
        var value = new Argument<string>("value") { Description = "A number in the point's unit, or for a state one of its words or raw values." };
        var store = StorePlace.Option();
        var command = new Command("write", "Write a value to a point through the running gateway, which must have been started with --enable-writes. The value is read back, and both are kept in the audit.") { map, point, value, store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (MapArgument.Load(parsed.GetRequiredValue(map)) is not { } loaded) return ExitCode.Faults;
            return await ControlClient.AskAsync(StorePlace.Of(loaded, parsed.GetValue(store)), "write",
                new() { ["point"] = parsed.GetRequiredValue(point), ["value"] = parsed.GetRequiredValue(value) }, cancellationToken);
        });
        return command;
    }
}
