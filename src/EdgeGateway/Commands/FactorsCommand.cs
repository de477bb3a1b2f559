using System.CommandLine;
using System.Globalization;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.References;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Commands;

/// <summary><c>factors</c>: sets of coal equivalents and emission factors.</summary>
internal static class FactorsCommand
{
    public static Command Create() =>
        new("factors", "Sets of coal equivalents and emission factors: list them, show their rows with sources, check one of your own.") { List(), Show(), Check() };

    private static Command List()
    {
        var folder = Folder();
        var command = new Command("list", "List all sets: your own, beside the map, come before those of the same name in the binary.") { folder };
        command.SetAction(parsed =>
        {
            var shelf = new ReferenceShelf(parsed.GetValue(folder));
            var names = shelf.Names();
            var width = names.Select(n => n.Length).DefaultIfEmpty(0).Max();
            foreach (var name in names)
            {
                var shelved = shelf.Find(name);
                var set = shelved is null ? null : Read(shelf, shelved, new FaultList());
                Console.WriteLine($"{name.PadRight(width)}  {(shelved?.Own == true ? "own     " : "built-in")}  {(set is null ? "has faults: see 'factors check'" : Summary(set))}");
            }
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show()
    {
        var (name, folder) = (Name(), Folder());
        var command = new Command("show", "Show every row of a set with its citation.") { name, folder };
        command.SetAction(parsed =>
        {
            if (Checked(parsed.GetRequiredValue(name), parsed.GetValue(folder)) is not { } set) return ExitCode.Faults;
            Console.WriteLine($"{set.Stamp}: {set.Title}");
            foreach (var row in set.Rows) Write(row, set);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Check()
    {
        var (name, folder) = (Name(), Folder());
        var command = new Command("check", "Check a set: citation, units, validity; and say which of its rows are not verified, and which carriers have several kinds.") { name, folder };
        command.SetAction(parsed =>
        {
            if (Checked(parsed.GetRequiredValue(name), parsed.GetValue(folder)) is not { } set) return ExitCode.Faults;
            Console.WriteLine("Valid: " + Summary(set) + ".");
            foreach (var several in set.Rows.GroupBy(r => (r.Use, r.Carrier)).Where(g => set.VariantOf(g.Key.Use, g.Key.Carrier) is null))
            {
                Console.WriteLine($"{several.Key.Carrier.Word()} has several kinds ({string.Join(", ", several.Select(r => r.Variant).Distinct())}) and none is chosen: until a set of your own says which, its figures are null.");
            }
            return ExitCode.Done;
        });
        return command;
    }

    private static string Summary(ReferenceSet set) =>
        string.Create(CultureInfo.InvariantCulture, $"{set.Rows.Length} rows, {set.Rows.Count(r => r.Verified)} verified  {set.Title}");

    private static void Write(ReferenceRow row, ReferenceSet set)
    {
        var kind = row.Variant.Length == 0 ? "" : $" ({row.Variant}{(set.VariantOf(row.Use, row.Carrier) == row.Variant ? ", chosen" : "")})";
        Console.WriteLine();
        Console.WriteLine($"{row.Carrier.Word()}{kind}  {row.Use.Word()}  {row.Value} {row.Unit}  {(row.Verified ? "verified" : "not verified")}");
        if (row.Derivation.Length > 0) Console.WriteLine($"  worked out:  {row.Derivation}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  holds:       {row.Region}, of {row.Year}, from {row.From:yyyy-MM-dd}{(row.To is { } to ? $" to {to:yyyy-MM-dd}" : "")}"));
        Console.WriteLine($"  document:    {row.Document}");
        Console.WriteLine($"  source:      {row.Source}");
        Console.WriteLine($"  written in:  {row.Place}");
    }

    private static ReferenceSet? Checked(string name, string? folder)
    {
        var shelf = new ReferenceShelf(folder);
        if (shelf.Find(name) is not { } found)
        {
            Console.Error.WriteLine($"There is no set '{name}'{Spelling.Ending(name, shelf.Names())}");
            return null;
        }
        var faults = new FaultList();
        var set = Read(shelf, found, faults);
        foreach (var fault in faults.Ordered) Console.Error.WriteLine(fault);
        return set;
    }

    private static ReferenceSet? Read(ReferenceShelf shelf, ShelvedReference found, FaultList faults) => ReferenceReader.Read(found.Name, found.Document, n => shelf.Find(n)?.Document, shelf.Names, faults);

    private static Argument<string> Name() => new("name") { Description = "Name of the set, such as gbt2589-2020." };

    private static System.CommandLine.Option<string?> Folder() => new("--folder") { Description = "Folder of the map: its folders 'coefficients' and 'factors' hold your own.", DefaultValueFactory = _ => "." };
}
