using System.CommandLine;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.PointTables;

namespace EdgeGateway.Commands;

/// <summary><c>points export | import</c>: point tables (点表) as spreadsheets write them.</summary>
internal static class PointsCommand
{
    private const long MaxBytes = 16 * 1024 * 1024;

    public static Command Create()
    {
        var command = new Command("points", "Point tables (点表) as CSV, in UTF-8 or GB18030 as Excel writes them.");
        command.Subcommands.Add(Export());
        command.Subcommands.Add(Import());
        return command;
    }

    private static Command Export()
    {
        var map = MapArgument.Create();
        var encoding = new Option<string>("--encoding") { Description = "utf8 (with the mark that Excel needs) or gb18030.", DefaultValueFactory = _ => "utf8" };
        encoding.AcceptOnlyFromAmong("utf8", "gb18030");
        var command = new Command("export", "Print the points of a valid map as CSV, templates and overlays included.") { map, encoding };
        command.SetAction(parsed =>
        {
            if (MapArgument.Load(parsed.GetRequiredValue(map)) is not { } loaded) return ExitCode.Faults;
            var tree = (MapTable)MapReader.Read("map", loaded.Text, new FaultList())!;
            using var output = Console.OpenStandardOutput();
            output.Write(CsvText.Encode(PointTable.Export(tree, loaded.Registrations.DriverSchemas), parsed.GetValue(encoding) == "gb18030"));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<FileInfo>("table") { Description = "The table; its first row names the columns: device, point, and options of points such as address, or 设备, 测点, 地址, 数据类型, 单位, 倍率 …" };
        var device = new Option<string?>("--device") { Description = "The device, where the table has no column for it." };
        var connection = new Option<string?>("--connection") { Description = "Its connection; without it the printed part is meant as an overlay." };
        var command = new Command("import", "Print a part of a map from a point table; include it, or lay it over a map, and validate.") { file, device, connection };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            if (!path.Exists || path.Length > MaxBytes || CsvText.Decode(File.ReadAllBytes(path.FullName)) is not { } text)
            {
                Console.Error.WriteLine($"{path} cannot be read: it does not exist, is longer than 16 MiB, or is neither UTF-8 nor GB18030.");
                return ExitCode.Faults;
            }
            var faults = new FaultList();
            var part = PointTable.Import(path.ToString(), text, parsed.GetValue(device), parsed.GetValue(connection), new Registrations().DriverSchemas, faults);
            foreach (var fault in faults.Ordered) Console.Error.WriteLine(fault);
            foreach (var warning in faults.Warnings) Console.Error.WriteLine($"{warning.Mark}: warning: {warning.Message}");
            if (!faults.IsEmpty) return ExitCode.Faults;
            Console.Write(part);
            return ExitCode.Done;
        });
        return command;
    }
}
