using System.CommandLine;
using System.Globalization;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.Modbus.Budget;
using EdgeGateway.Faults;
using EdgeGateway.Pipeline.Publishing.Choosing;

namespace EdgeGateway.Commands;

/// <summary><c>plan</c>: the requests of every bus and its budget of time, and the bytes of every publisher; touches no device.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var map = MapArgument.Create();
        var answer = new System.CommandLine.Option<string>("--round-trip")
        {
            Description = "What a device and the network take to answer, beside the time of the bytes on a serial line.",
            DefaultValueFactory = _ => "20ms",
        };
        var command = new Command("plan", "Show the requests of every Modbus line and whether it has the time for them, and what each publisher sends a day. Touches no device; exit code 1 where a line has not the time or a publisher passes its budget.") { map, answer };
        command.SetAction(parsed =>
        {
            if (!Durations.TryParse(parsed.GetValue(answer), out var roundTrip) || roundTrip < TimeSpan.Zero)
            {
                Console.Error.WriteLine("--round-trip: expected a duration such as 20ms.");
                return ExitCode.Usage;
            }
            if (MapArgument.Load(parsed.GetRequiredValue(map), budget: false) is not { } loaded) return ExitCode.Faults;
            var fits = true;
            foreach (var connection in loaded.Plant.Connections)
            {
                if (BusBudget.Of(connection, loaded.Plant.Devices, roundTrip) is not { } bus)
                {
                    Console.WriteLine($"{connection.Name}  {connection.Driver}: not planned in requests");
                    continue;
                }
                Print(bus);
                fits &= bus.Fits;
            }
            foreach (var target in loaded.Plant.Publishers)
            {
                fits &= PublisherPlan.Print(TrafficEstimate.Of(loaded.Plant, target, loaded.Registrations.Publishers.First(t => t.Schema.Key == target.Type).Traffic), target);
            }
            return fits ? ExitCode.Done : ExitCode.Faults;
        });
        return command;
    }

    private static void Print(BusBudget bus)
    {
        var device = Math.Max(6, bus.Requests.Select(r => TerminalWidth.Of(r.Device)).DefaultIfEmpty().Max());
        var items = Math.Max(7, bus.Requests.Select(r => r.Items.Length).DefaultIfEmpty().Max());
        Console.WriteLine($"{bus.Name}  {bus.Driver}  {bus.Place}");
        Console.WriteLine($"  {"DEVICE".PadRight(device)}  UNIT  {"REQUEST".PadRight(items)}  POINTS    EVERY      TAKES    LOAD");
        foreach (var r in bus.Requests)
        {
            Line($"  {TerminalWidth.Fill(r.Device, device)}  {r.Unit,4}  {r.Items.PadRight(items)}  {r.Points,6}  {Durations.Format(r.Period),7}  {r.Takes.TotalMilliseconds,6:0.0} ms  {r.Load,5:0.0 %}");
        }
        Line($"  {bus.Requests.Length} requests; everything once takes {bus.Once.TotalMilliseconds:0.0} ms; the line is busy {bus.Load:0.0 %} of the time.");
        foreach (var (name, load) in bus.Hurried) Line($"  {name} needs its request_gap behind every answer: what is asked of it takes {load:0.0} times the time there is. Poll it less often, or give it a greater read_over.");
        if (bus.Load <= 1) return;
        Line($"  This line cannot do what the map asks: it needs {bus.Load:0.0} times the time there is.");
        foreach (var group in bus.Requests.GroupBy(r => r.Period).OrderBy(g => g.Key))
        {
            Line($"    polled every {Durations.Format(group.Key)}: about every {bus.Held(group.First()).TotalSeconds:0.0} s in fact.");
        }
        Line($"  Poll less often, raise the baud rate or read_over, or spread the devices over several lines.");
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
