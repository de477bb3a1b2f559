using System.CommandLine;
using EdgeGateway.Commands;

var root = new RootCommand("""
    EdgeGateway reads meters and PLCs, computes energy per unit of output at the edge, and publishes it.

    Start with:   edgegateway demo                 a simulated plant, nothing to install
    Then:         edgegateway validate plant.yaml  checks a map, names every fault with its place
                  edgegateway plan plant.yaml      shows every request and whether the lines have time for it
                  edgegateway read plant.yaml      reads every point once
                  edgegateway watch plant.yaml     shows samples as they come
                  edgegateway run plant.yaml       measures, stores, publishes until Ctrl-C
    For a map:    edgegateway templates list       meters and inverters that are described already
                  edgegateway decode 4366 8000     registers under every type and word order
    For audits:   edgegateway explain plant.yaml line-1/15m/2026-11-24T08:00   a record opened to what it rests on
                  edgegateway export plant.yaml …  a range of the log for a database or a spreadsheet
                  edgegateway browse opc.tcp://…   nodes of an OPC UA server; certs: whom it trusts

    Exit codes:   0 done   1 the map has faults, asks too much of a line, or a point could not be read
                  2 the command line is wrong   3 the store cannot be used, or did not take the last entries
                  70 a defect of the gateway itself   130 ended at once by a second Ctrl-C
    """)
{
    RunCommand.Create(),
    DemoCommand.Create(),
    ValidateCommand.Create(),
    PlanCommand.Create(),
    ReadCommand.Create(),
    WatchCommand.Create(),
    BrowseCommand.Create(),
    CertsCommand.Create(),
    HealthCommand.Create(),
    WriteCommand.Create(),
    RepublishCommand.Create(),
    ExportCommand.Create(),
    QuarantineCommand.Create(),
    ReplaceCommand.Create(),
    ClockCommand.Create(),
    AdoptCommand.Create(),
    RatioCommand.Create(),
    CloseCommand.Create(),
    ReloadCommand.Create(),
    ConfigCommand.Create(),
    InitCommand.Create(),
    TemplatesCommand.Create(),
    FactorsCommand.Create(),
    RestateCommand.Create(),
    ExplainCommand.Create(),
    PointsCommand.Create(),
    DecodeCommand.Create(),
    DumpCommand.Create(),
    SchemaCommand.Create(),
    ReferenceCommand.Create(),
    SampleCommand.Create(),
    UsersCommand.Create(),
    DoctorCommand.Create(),
};
// `edgegateway [diagram] …` shows how a command line is understood and does nothing; documents are checked by it.
root.Directives.Add(new DiagramDirective());
var parsed = root.Parse(args);
if (parsed.Errors.Count == 0)
{
    try
    {
        // Above the ten seconds that a refusing disk is given, below the thirty after which the service manager kills.
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(25) });
    }
    catch (OperationCanceledException)
    {
        return ExitCode.Faults;
    }
    catch (Exception defect)
    {
        Console.Error.WriteLine($"A defect of the gateway; please report it with these lines:\n{defect}");
        return ExitCode.Defect;
    }
}
foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
Console.Error.WriteLine("See: edgegateway --help");
return ExitCode.Usage;
