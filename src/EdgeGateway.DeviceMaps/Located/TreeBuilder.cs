using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace EdgeGateway.DeviceMaps.Located;

/// <summary>Builds the located tree of one text from the parser's events.</summary>
internal sealed class TreeBuilder(SourceText source, FaultList faults)
{
    private readonly Parser _parser = new(new Scanner(new StringReader(source.Text), skipComments: true));
    private readonly HashSet<int> _linesInText = [];
    private readonly Stack<Mark> _openBrackets = [];
    private Mark _last = new(source.File, 1, 1);
    private int _nodes;
    private bool _stopped;

    /// <summary>The root of the only document, or null where the text breaks off.</summary>
    public MapNode? Build()
    {
        var root = Document();
        foreach (var tab in source.TabIndents(1, idle: false))
        {
            if (!_linesInText.Contains(tab.Line) && (!_stopped || tab.Line < _last.Line)) faults.Add(tab, SyntaxWords.Tab);
        }
        return _stopped ? null : root;
    }

    private MapNode? Document()
    {
        Next();
        if (Next() is not DocumentStart start)
        {
            if (!_stopped) Stop(source.Place(1, 1), "The map is empty: begin with 'gateway: {id: …}'.");
            return null;
        }
        if (start.Version is not null) faults.Add(source.Place(start.Start.Line, start.Start.Column), "YAML directives are not used in maps: remove the line with '%'.");
        var root = Node(Next(), 1);
        Next();
        if (Next() is DocumentStart second) Stop(At(second), "A second document begins here: a map is one document; remove the '---'.");
        return root;
    }

    private MapNode? Node(ParsingEvent? e, int depth)
    {
        if (e is null) return null;
        if (++_nodes > MapReader.MaxNodes) return Stop(At(e), string.Create(CultureInfo.InvariantCulture, $"The map holds more than {MapReader.MaxNodes} values."));
        if (e is AnchorAlias alias)
        {
            faults.Add(At(e), $"Aliases such as '*{alias.Value.Value}' are not used in maps: write the value out.");
            return new MapRefused(At(e));
        }
        if (e is NodeEvent node) CheckDecoration(node);
        return e switch
        {
            Scalar scalar => Text(scalar),
            SequenceStart or MappingStart when depth > MapReader.MaxDepth =>
                Stop(At(e), string.Create(CultureInfo.InvariantCulture, $"Nested deeper than {MapReader.MaxDepth} levels.")),
            SequenceStart sequence => List(sequence, depth),
            MappingStart mapping => Table(mapping, depth),
            _ => Stop(At(e), "A value is missing here."),
        };
    }

    private MapNode Text(Scalar scalar)
    {
        var mark = At(scalar);
        var last = scalar.End.Column == 1 ? scalar.End.Line - 1 : scalar.End.Line;
        for (var line = scalar.Start.Line + 1; line <= last; line++) _linesInText.Add((int)line);
        var plain = scalar.Style == ScalarStyle.Plain;
        if (plain && scalar.End.Line > scalar.Start.Line)
        {
            faults.Add(mark, "This value runs on over the next line: check the indentation there, or put the value in quotes.");
            return new MapRefused(mark);
        }
        return new MapText(mark, plain && scalar.Value is "~" or "null" ? "" : scalar.Value, plain);
    }

    private MapList? List(SequenceStart start, int depth)
    {
        var items = new List<MapNode>();
        Open(start, start.Style == SequenceStyle.Flow);
        while (Next() is { } e and not SequenceEnd)
        {
            if (Node(e, depth + 1) is { } item) items.Add(item);
            if (_stopped) return null;
        }
        Close(start.Style == SequenceStyle.Flow);
        return new MapList(At(start), items);
    }

    private MapTable? Table(MappingStart start, int depth)
    {
        var entries = new List<MapEntry>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        Open(start, start.Style == MappingStyle.Flow);
        while (Next() is { } e and not MappingEnd)
        {
            var key = Node(e, depth + 1);
            if (_stopped) return null;
            var value = Node(Next(), depth + 1);
            if (_stopped || value is null) return null;
            if (key is not MapText text)
            {
                if (key is not MapRefused) faults.Add(At(e), "A key must be a plain word, not a list or a table.");
            }
            else if (text.IsNothing)
            {
                // The parser gives no place to a key that is not there.
                faults.Add(value.Mark, "A key is missing before this value.");
            }
            else if (!seen.TryAdd(text.Value, text.Mark.Line))
            {
                faults.Add(text.Mark, string.Create(CultureInfo.InvariantCulture, $"'{text.Value}' is already written in line {seen[text.Value]}: keep one of them."));
            }
            else
            {
                entries.Add(new MapEntry(text, value));
            }
        }
        Close(start.Style == MappingStyle.Flow);
        return _stopped ? null : new MapTable(At(start), entries);
    }

    private void CheckDecoration(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty) faults.Add(At(node), $"Anchors such as '&{node.Anchor.Value}' are not used in maps: remove it.");
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific) return;
        faults.Add(At(node), $"Tags such as '{node.Tag.Value}' are not used in maps; a secret is written ${{env:NAME}} or ${{file:/path}}.");
    }

    private void Open(ParsingEvent start, bool bracket)
    {
        if (bracket) _openBrackets.Push(At(start));
    }

    private void Close(bool bracket)
    {
        if (bracket && !_stopped) _openBrackets.Pop();
    }

    private ParsingEvent? Next()
    {
        if (_stopped) return null;
        try
        {
            if (!_parser.MoveNext() || _parser.Current is not { } e) return null;
            _last = source.Place(e.End.Line, e.End.Column);
            return e;
        }
        catch (YamlException wrong)
        {
            var mark = source.Place(wrong.Start.Line, wrong.Start.Column);
            var words = SyntaxWords.For(wrong.Message, source.Line(mark.Line)[(mark.Column - 1)..]);
            if (TabNear(mark, words) is { } tab) Stop(tab, SyntaxWords.Tab);
            else Stop(mark, words);
        }
        catch (Exception)
        {
            // On some broken texts, such as a '[' closed by nothing but the next key, the parser fails with exceptions of other kinds, which carry no place.
            if (_openBrackets.TryPeek(out var bracket)) Stop(bracket, "This bracket is not closed.");
            else Stop(_last, "This is not valid YAML from here on: check indentation, quotes and brackets.");
        }
        return null;
    }

    /// <summary>The tab that most likely caused a complaint at <paramref name="mark"/>, which the parser often places at the head of the whole block.</summary>
    private Mark? TabNear(Mark mark, string words)
    {
        // Behind a plain value the parser minds even a tab in a line that is otherwise empty.
        var isTab = ReferenceEquals(words, SyntaxWords.Tab);
        foreach (var tab in source.TabIndents(_last.Line, idle: isTab))
        {
            if (!_linesInText.Contains(tab.Line)) return isTab || tab.Line <= mark.Line + 1 ? tab : null;
        }
        return null;
    }

    private MapNode? Stop(Mark mark, string message)
    {
        if (!_stopped) faults.Add(mark, message);
        _stopped = true;
        return null;
    }

    private Mark At(ParsingEvent e) => source.Place(e.Start.Line, e.Start.Column);
}
