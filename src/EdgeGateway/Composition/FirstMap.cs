using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Templates;

namespace EdgeGateway.Composition;

/// <summary>Asks for what a first map needs, each answer until it is right, and writes the map. What it writes is valid, because every answer was tried in it.</summary>
/// <param name="answers">Where answers come from, a line each.</param>
/// <param name="questions">Where questions go.</param>
/// <param name="templates">Templates to choose from.</param>
internal sealed class FirstMap(TextReader answers, TextWriter questions, TemplateShelf templates)
{
    private readonly Dictionary<string, string> _given = new()
    {
        ["id"] = "gw-01", ["host"] = "192.168.1.50", ["baud"] = "9600", ["parity"] = "none", ["unit"] = "1", ["device"] = "meter-1", ["template"] = "eastron/sdm630", ["power"] = "75 kW", ["line"] = "line-1", ["url"] = "mqtt://192.168.1.9:1883",
    };

    /// <summary>True where what was given for a host is the name of a serial port.</summary>
    private bool IsSerial => _given["host"].StartsWith('/') || (_given["host"].StartsWith("COM", StringComparison.Ordinal) && _given["host"].AsSpan(3) is { IsEmpty: false } number && !number.ContainsAnyExceptInRange('0', '9'));

    /// <summary>The map's text, or null where the answers end before the questions do.</summary>
    public string? Ask() =>
        Ask("id", "Name of this gateway in topics and records")
        && Ask("host", "Name or IP address of the meter or of the converter before it; or a serial port, such as /dev/ttyUSB0")
        && (!IsSerial || (Ask("baud", "Its baud rate, as the meter is set") && Ask("parity", "Its parity: none, even or odd")))
        && Ask("unit", "Address of the meter on the bus (unit identifier)")
        && Ask("device", "What shall the meter be called")
        && Ask("template", "Its template ('?' lists all)")
        && Parameters().All(p => Ask(p.Name, p.Doc.TrimEnd('.')))
        && Ask("power", "The greatest power it can measure")
        && Ask("line", "What does it measure: name of the line or machine")
        && Ask("url", "MQTT broker") ? Text() : null;

    private bool Ask(string key, string question)
    {
        var usual = Usual(key);
        while (true)
        {
            questions.Write($"{question} [{usual}]: ");
            if (answers.ReadLine() is not { } answer) return false;
            answer = answer.Trim();
            if (answer == "?" && key == "template")
            {
                foreach (var name in templates.Names()) questions.WriteLine($"  {name}  {Read(name)?.Title}");
                continue;
            }
            _given[key] = answer.Length == 0 ? usual : answer;
            if (Wrong(key) is not { } wrong) return true;
            questions.WriteLine("  " + wrong);
            _given[key] = usual;
        }
    }

    private string? Wrong(string key)
    {
        if (key == "template" && templates.Find(_given[key]) is null) return $"There is no template '{_given[key]}'{Spelling.Ending(_given[key], templates.Names())}";
        return MapFile.Parse("map", Text(), ".", _ => null, templates).Faults is [var first, ..] ? first.Message : null;
    }

    /// <summary>What the template must be given, such as CT and PT ratios: a wrong guess would be a wrong kWh.</summary>
    private IEnumerable<TemplateParameter> Parameters() => Read(_given["template"])?.Parameters.Where(p => p.Default is null) ?? [];

    private string Usual(string key) => _given.TryGetValue(key, out var given) ? given : key switch { "max_rate" => "60/min", "base" => "0", _ => "1" };

    private DeviceTemplate? Read(string name) => templates.Find(name) is { } shelved ? TemplateReader.Read(name, shelved.Document, new FaultList()) : null;

    private string Text()
    {
        var asked = string.Concat(Parameters().Select(p => $"      {p.Name}: {Quoted(p.Name)}    # {p.Doc}\n"));
        if (asked.Length > 0) asked = "    parameters:\n" + asked;
        return $"""
            # Written by 'edgegateway init'. Every option: docs/reference-options.md
            gateway: {Line("id")}
            connections:
              net:
                {(IsSerial ? $"modbus_rtu: {{port: {Quoted("host")}, baud: {Quoted("baud")}, parity: {Quoted("parity")}}}" : $"modbus_tcp: {Line("host")}")}
            devices:
              {Quoted("device")}:
                connection: net
                unit_id: {Quoted("unit")}
                template: {Quoted("template")}
                rated_power: {Quoted("power")}

            """ + asked + $"""
            units:
              {Quoted("line")}:{Electricity()}
            publish:
              platform:
                mqtt: {Line("url")}

            """;
    }

    /// <summary>The meters of the unit: every tariff's import, or what an inverter yields.</summary>
    private string Electricity()
    {
        var names = Read(_given["template"])?.Points.Entries.Select(p => p.Key.Value).Where(n => n.StartsWith("energy", StringComparison.Ordinal)).ToList() ?? [];
        var imports = names.Where(n => n.StartsWith("energy_import", StringComparison.Ordinal)).ToList();
        if (imports.Count > 0) return $"\n    electricity: [{string.Join(", ", imports.Select(n => Quoted("device", "." + n)))}]";
        if (names.Contains("energy_yield")) return $"\n    electricity: {{generated: {Quoted("device", ".energy_yield")}}}";
        return names.Count > 0 ? $"\n    electricity: {Quoted("device", "." + names[0])}" : " {}";
    }

    private string Line(string key) => $"{{{key}: {Quoted(key)}}}";

    /// <summary>As it is where YAML cannot take it for anything else, otherwise in quotes.</summary>
    private string Quoted(string key, string suffix = "") => Usual(key) + suffix is var text && text.All(c => char.IsLetterOrDigit(c) || c is ' ' or '.' or '/' or '_' or '-') && !text.StartsWith('-') && text is not ("null" or "true" or "false") ? text : "\"" + (Usual(key) + suffix).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
