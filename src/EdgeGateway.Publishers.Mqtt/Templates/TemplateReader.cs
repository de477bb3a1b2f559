using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Publishers.Mqtt.Templates.Values;

namespace EdgeGateway.Publishers.Mqtt.Templates;

/// <summary>Reads a template of payloads from YAML; all faults at once, each at its place.</summary>
internal sealed class TemplateReader
{
    private const string Samples = "$samples", Quantities = "$quantities";
    private static readonly string[] Sections = ["about", "parameters", "checks", "tables", "omit_null", "records", "telemetry"], MessageKeys = ["topic", "body"];

    private readonly FaultList _faults;
    private readonly Dictionary<string, string> _parameters = [];
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _tables = [];
    private bool _repeats, _codes;

    private TemplateReader(FaultList faults) => _faults = faults;

    /// <summary>Reads a template; null where it has faults.</summary>
    /// <param name="name">Its name, or path, for places.</param>
    /// <param name="text">Its text.</param>
    /// <param name="faults">Told every fault.</param>
    public static PayloadTemplate? Read(string name, string text, FaultList faults)
    {
        var before = faults.Count;
        var node = MapReader.Read(name, text, faults);
        if (node is not MapTable table)
        {
            if (faults.Count == before) faults.Add(new Mark(name, 1, 1), "a template is a table: begin with 'records:' or 'telemetry:'.");
            return null;
        }
        var template = new TemplateReader(faults).Read(name, table);
        return faults.Count == before ? template : null;
    }

    private PayloadTemplate Read(string name, MapTable table)
    {
        foreach (var entry in table.Entries.Where(e => !Sections.Contains(e.Key.Value))) _faults.Add(entry.Key.Mark, $"a template has no '{entry.Key.Value}'{Spelling.Ending(entry.Key.Value, Sections)}");
        foreach (var (key, about) in Texts(table.Find("parameters"))) _parameters[key] = about;
        if (table.Find("tables") is MapTable tables)
        {
            foreach (var (key, value) in tables.Entries) _tables[key.Value] = Texts(value);
        }
        var omit = table.Find("omit_null") is MapText { Value: "true" };
        var records = Message(table.Find("records"), omit, Quantities, RecordValues.Names, RecordValues.TurnNames);
        var telemetry = Message(table.Find("telemetry"), omit, Samples, SampleValues.Names, SampleValues.TurnNames);
        if (records is null && telemetry is null) _faults.Add(table.Mark, "the template sends nothing: it needs 'records' or 'telemetry'.");
        return new PayloadTemplate(name, records, telemetry, _parameters.ToImmutableDictionary(), _codes, Checks(table.Find("checks")));
    }

    private MessageTemplate? Message(MapNode? node, bool omit, string repeat, string[] names, string[] turnNames)
    {
        if (node is null) return null;
        if (node is not MapTable table || table.Find("topic") is not MapText topic || table.Find("body") is not { } body)
        {
            _faults.Add(node.Mark, "a message needs 'topic' and 'body'.");
            return null;
        }
        foreach (var entry in table.Entries.Where(e => !MessageKeys.Contains(e.Key.Value))) _faults.Add(entry.Key.Mark, $"a message has no '{entry.Key.Value}'{Spelling.Ending(entry.Key.Value, MessageKeys)}");
        _repeats = false;
        var (outer, turn) = (Vocabulary(names), Vocabulary([.. names, .. turnNames]));
        return new MessageTemplate(TextTemplate.Parse(topic, outer, _faults), Body(body, outer, turn, repeat), omit, _repeats);
    }

    private BodyNode Body(MapNode node, TemplateVocabulary names, TemplateVocabulary? turn, string repeat)
    {
        switch (node)
        {
            case MapTable table:
                return new BodyTable([.. table.Entries.Select(e => Member(e, names, turn, repeat))]);
            case MapList list:
                return new BodyList([.. list.Items.Select(i => i is MapTable { Entries: [{ Key.Value: var key } only] } && key == repeat && Repetition(key, i.Mark, turn, repeat) is { } inner
                    ? (true, Body(only.Value, inner, null, repeat))
                    : (false, Body(i, names, turn, repeat)))]);
            case MapText text:
                return new BodyText(Text(text, names));
            default:
                _faults.Add(node.Mark, "expected a text, a table or a list.");
                return new BodyList([]);
        }
    }

    private (TextTemplate?, BodyNode) Member(MapEntry entry, TemplateVocabulary names, TemplateVocabulary? turn, string repeat)
    {
        if (!entry.Key.Value.StartsWith('$') || entry.Key.Value.StartsWith("${", StringComparison.Ordinal)) return (Text(entry.Key, names), Body(entry.Value, names, turn, repeat));
        if (Repetition(entry.Key.Value, entry.Key.Mark, turn, repeat) is { } inner)
        {
            if (Body(entry.Value, inner, null, repeat) is BodyTable table) return (null, table);
            _faults.Add(entry.Value.Mark, $"{repeat} among members needs a table of members.");
        }
        return (null, new BodyTable([]));
    }

    private TemplateVocabulary? Repetition(string key, Mark mark, TemplateVocabulary? turn, string repeat)
    {
        if (key != repeat) _faults.Add(mark, $"there is no '{key}' here; the repetition of this message is {repeat}.");
        else if (turn is null) _faults.Add(mark, $"{repeat} cannot stand within itself.");
        else
        {
            _repeats = true;
            return turn;
        }
        return null;
    }

    private TextTemplate Text(MapText text, TemplateVocabulary names)
    {
        var template = TextTemplate.Parse(text, names, _faults);
        _codes |= template.Parts.Any(p => p.Name == "code");
        return template;
    }

    private ImmutableDictionary<string, TextCheck> Checks(MapNode? node)
    {
        var checks = ImmutableDictionary.CreateBuilder<string, TextCheck>(StringComparer.Ordinal);
        if (node is null) return checks.ToImmutable();
        if (node is not MapTable table)
        {
            _faults.Add(node.Mark, "expected a table of checks, such as {code: {digits: 16}}.");
            return checks.ToImmutable();
        }
        foreach (var (key, value) in table.Entries)
        {
            if (key.Value != PayloadTemplate.Code && !_parameters.ContainsKey(key.Value)) _faults.Add(key.Mark, $"there is no parameter '{key.Value}' to check{Spelling.Ending(key.Value, [.. _parameters.Keys, PayloadTemplate.Code])}");
            if (TextCheck.Read(value, _faults) is { } check) checks[key.Value] = check;
        }
        return checks.ToImmutable();
    }

    private TemplateVocabulary Vocabulary(IReadOnlyList<string> names) => new(names, _parameters.Keys, _tables);

    private Dictionary<string, string> Texts(MapNode? node)
    {
        var texts = new Dictionary<string, string>();
        if (node is null) return texts;
        if (node is not MapTable table)
        {
            _faults.Add(node.Mark, "expected a table of texts.");
            return texts;
        }
        foreach (var (key, value) in table.Entries)
        {
            if (value is MapText text) texts[key.Value] = text.Value;
            else _faults.Add(value.Mark, "expected a text.");
        }
        return texts;
    }
}
