using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.Composition;

/// <summary>Asks for what a first map needs, each answer until it is right, and writes the map. What it writes is valid, because every answer was tried in it.</summary>
/// <param name="answers">Where answers come from, a line each.</param>
/// <param name="questions">Where questions go.</param>
/// <param name="templates">Templates to choose from.</param>
internal sealed class FirstMap(TextReader answers, TextWriter questions, TemplateShelf templates)
{
    private readonly Dictionary<string, string> _given = new()
    {
        ["id"] = "gw-01", ["host"] = "192.168.1.50", ["unit"] = "1", ["device"] = "meter-1", ["template"] = "eastron/sdm630", ["power"] = "75 kW", ["line"] = "line-1", ["url"] = "mqtt://192.168.1.9:1883",
    };

    /// <summary>The map's text, or null where the answers end before the questions do.</summary>
    public string? Ask()
    {
        (string Key, string Question)[] all =
        [
            ("id", "Name of this gateway in topics and records"),
            ("host", "Name or IP address of the meter, or of the serial gateway before it"),
            ("unit", "Its unit identifier (address on the bus)"),
            ("device", "What shall the meter be called"),
            ("template", "Its template ('?' lists all)"),
            ("power", "The greatest power it can measure"),
            ("line", "What does it measure: name of the line or machine"),
            ("url", "MQTT broker"),
        ];
        foreach (var (key, question) in all)
        {
            if (!Ask(key, question)) return null;
        }
        return Text();
    }

    private bool Ask(string key, string question)
    {
        var usual = _given[key];
        while (true)
        {
            questions.Write($"{question} [{usual}]: ");
            if (answers.ReadLine() is not { } answer) return false;
            answer = answer.Trim();
            if (answer == "?" && key == "template")
            {
                foreach (var name in templates.Names()) questions.WriteLine("  " + name);
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

    private string Text()
    {
        var template = templates.Find(_given["template"]);
        var read = template is null ? null : DeviceMaps.Templates.TemplateReader.Read(template.Name, template.Document, new DeviceMaps.Located.FaultList());
        var parameters = read?.Parameters.Where(p => p.Default is null).ToList() ?? [];
        var energy = read?.Points.Entries.FirstOrDefault(p => p.Key.Value.StartsWith("energy", StringComparison.Ordinal) && p.Value is DeviceMaps.Located.MapTable)?.Key.Value;
        var asked = parameters.Count == 0 ? "" : "    parameters:\n" + string.Concat(parameters.Select(p => $"      {p.Name}: {(p.Name == "max_rate" ? "60/min" : p.Name == "base" ? "0" : "1")}    # {p.Doc}\n"));
        return $"""
            # Written by 'edgegateway init'. Every option: docs/reference-options.md
            gateway: {Line("id")}
            connections:
              net:
                modbus_tcp: {Line("host")}
            devices:
              {Quoted("device")}:
                connection: net
                unit_id: {Quoted("unit")}
                template: {Quoted("template")}
                rated_power: {Quoted("power")}

            """ + asked + $"""
            units:
              {Quoted("line")}:{(energy is null ? " {}" : $"\n    electricity: {Quoted("device", "." + energy)}")}
            publish:
              platform:
                mqtt: {Line("url")}

            """;
    }

    private string Line(string key) => $"{{{key}: {Quoted(key)}}}";

    private string Quoted(string key, string suffix = "") => "\"" + (_given[key] + suffix).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
