using System.CommandLine;
using System.Globalization;
using EdgeGateway.Reading;

namespace EdgeGateway.Commands;

/// <summary><c>decode</c>: registers under every type and word order, to find out how a device lays out its values.</summary>
internal static class DecodeCommand
{
    public static Command Create()
    {
        var registers = new Argument<string[]>("registers") { Description = "One, two or four neighbouring registers as four hexadecimal digits each, such as 4366 8000.", Arity = ArgumentArity.OneOrMore };
        var address = new Option<string?>("--address") { Description = "Address as the manual gives it, such as 40001, 30053 or 0x34: shows what to write into a map." };
        var command = new Command("decode", "Show registers as every number format and word order; implausible values are put in brackets and, on a terminal, dimmed.") { registers, address };
        command.SetAction(parsed =>
        {
            if (Bytes(parsed.GetRequiredValue(registers)) is not { } bytes)
            {
                Console.Error.WriteLine("registers: expected one, two or four registers of four hexadecimal digits, such as 4366 8000.");
                return ExitCode.Usage;
            }
            if (parsed.GetValue(address) is { } written)
            {
                var meanings = RegisterAddress.Meanings(written);
                if (meanings.Count == 0)
                {
                    Console.Error.WriteLine("--address: expected a register number such as 40001 or 0x34.");
                    return ExitCode.Usage;
                }
                foreach (var line in meanings) Console.WriteLine(line);
                Console.WriteLine();
            }
            var dims = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
            foreach (var row in RegisterReadings.Of(bytes))
            {
                var line = $"{row.Type,-4} {row.Order,-5} {(row.Plausible ? row.Value : $"({row.Value})")}";
                Console.WriteLine(dims && !row.Plausible ? $"\e[2m{line}\e[0m" : line);
            }
            return ExitCode.Done;
        });
        return command;
    }

    private static byte[]? Bytes(string[] words)
    {
        var digits = string.Concat(words.Select(w => w.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? w[2..] : w));
        return digits.Length is 4 or 8 or 16 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }
}
