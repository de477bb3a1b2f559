using System.Globalization;

namespace EdgeGateway.DeviceMaps.Located;

/// <summary>A map's text with its lines: gives places, and finds what no map may hold before YAML is even tried.</summary>
internal sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];

    /// <summary>Takes a text; a byte order mark at its head is dropped.</summary>
    public SourceText(string file, string text)
    {
        File = file;
        Text = text.StartsWith('\uFEFF') ? text[1..] : text;
        for (var i = 0; i < Text.Length; i++)
        {
            if (Text[i] == '\n' || (Text[i] == '\r' && (i + 1 == Text.Length || Text[i + 1] != '\n'))) _lineStarts.Add(i + 1);
        }
    }

    public string File { get; }

    public string Text { get; }

    public int LineCount => _lineStarts.Count;

    /// <summary>A place within the text, however far off <paramref name="line"/> and <paramref name="column"/> are.</summary>
    public Mark Place(long line, long column)
    {
        var l = (int)Math.Clamp(line, 1, LineCount);
        return new Mark(File, l, (int)Math.Clamp(column, 1, Line(l).Length + 1));
    }

    /// <summary>The line without its break; counted from 1.</summary>
    public ReadOnlySpan<char> Line(int line)
    {
        var start = _lineStarts[line - 1];
        var end = line < LineCount ? _lineStarts[line] : Text.Length;
        return Text.AsSpan(start, end - start).TrimEnd("\r\n");
    }

    /// <summary>Refuses characters that no map needs and that YAML and editors count differently. False where there is one.</summary>
    public bool CheckCharacters(FaultList faults)
    {
        for (var i = 0; i < Text.Length; i++)
        {
            var c = Text[i];
            if (c is >= ' ' and < '\u007F' or '\n' or '\r' or '\t') continue;
            if (Wrong(i) is not { } wrong) continue;
            var line = LineOf(i);
            faults.Add(Place(line, i - _lineStarts[line - 1] + 1), wrong);
            return false;
        }
        return true;
    }

    /// <summary>Lines from <paramref name="first"/> on that begin with a tab among their blanks; <paramref name="idle"/> ones too, which hold nothing or a comment.</summary>
    public IEnumerable<Mark> TabIndents(int first, bool idle)
    {
        for (var line = first; line <= LineCount; line++)
        {
            if (TabColumn(Line(line), idle) is > 0 and var column) yield return new Mark(File, line, column);
        }
    }

    private static int TabColumn(ReadOnlySpan<char> line, bool idle)
    {
        var text = line.IndexOfAnyExcept(' ', '\t');
        if (!idle && (text < 0 || line[text] == '#')) return 0;
        return (text < 0 ? line : line[..text]).IndexOf('\t') + 1;
    }

    private string? Wrong(int i)
    {
        var c = Text[i];
        if (c == '\uFFFD') return "The file is not UTF-8 here (it may be GBK): save it as UTF-8.";
        if (char.IsHighSurrogate(c) && i + 1 < Text.Length && char.IsLowSurrogate(Text[i + 1])) return null;
        if (char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(Text[i - 1])) return null;
        return char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF'
            ? string.Create(CultureInfo.InvariantCulture, $"The character U+{(int)c:X4} is not allowed in a map: remove it.")
            : null;
    }

    private int LineOf(int index)
    {
        var at = _lineStarts.BinarySearch(index);
        return at >= 0 ? at + 1 : ~at;
    }
}
