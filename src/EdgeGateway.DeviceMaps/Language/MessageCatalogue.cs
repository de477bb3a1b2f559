namespace EdgeGateway.DeviceMaps.Language;

/// <summary>Says messages about maps in another language than English. Immutable once made; thread-safe.</summary>
/// <remarks>
/// Messages are made in English where the fault is found; here the sentence is recognised by its pattern. One that is not stays English: better a foreign sentence than none. Descriptions
/// of options within a message stay English.
/// </remarks>
public sealed class MessageCatalogue
{
    private const string Resource = "chinese.txt";
    private static readonly Lazy<MessageCatalogue> Loaded = new(Load);
    private readonly List<(MessagePattern English, MessagePattern Other)> _tails = [];
    private readonly List<(MessagePattern English, MessagePattern Other)> _messages = [];
    private readonly List<(MessagePattern English, MessagePattern Other)> _parts = [];

    private MessageCatalogue()
    {
    }

    /// <summary>Simplified Chinese.</summary>
    public static MessageCatalogue Chinese => Loaded.Value;

    /// <summary>This catalogue and more messages, such as those of drivers and publishers.</summary>
    /// <param name="texts">In the form of <c>chinese.txt</c>: the pattern, and below it, indented, its translation.</param>
    public MessageCatalogue With(IEnumerable<string> texts)
    {
        var catalogue = new MessageCatalogue();
        catalogue._tails.AddRange(_tails);
        catalogue._messages.AddRange(_messages);
        catalogue._parts.AddRange(_parts);
        foreach (var text in texts) catalogue.Add(new StringReader(text));
        return catalogue.Sorted();
    }

    /// <summary>The message in this language, or null where it is not known.</summary>
    public string? Translate(string message)
    {
        var cuts = new Stack<(string Head, string Tail)>([(message, "")]);
        while (Tail(cuts.Peek().Head) is { } cut) cuts.Push((cuts.Peek().Head[..cut.At], cut.Words + cuts.Peek().Tail));
        // What looks like an ending may belong to the sentence.
        foreach (var (head, tail) in cuts)
        {
            if (Head(head) is { } known) return known + tail;
            // Where there is nothing near and nothing to list, the sentence just ends.
            if (head.EndsWith('.') && Head(head[..^1]) is { } open) return open + "。" + tail;
        }
        return null;
    }

    private string? Head(string head)
    {
        var colon = head.IndexOf(": ", StringComparison.Ordinal);
        if (colon > 0 && !head.AsSpan(0, colon).ContainsAny(" '\"") && Head(head[(colon + 2)..]) is { } rest) return $"{head[..colon]}：{rest}";
        return Of(_messages, head);
    }

    private string? Of(List<(MessagePattern English, MessagePattern Other)> entries, string message)
    {
        foreach (var (english, other) in entries)
        {
            if (english.Match(message) is not { } values) continue;
            return other.Fill(i => english.IsQuoted(i) ? values[i] : Of(_parts, values[i]) ?? (ReferenceEquals(entries, _messages) ? Of(_messages, values[i]) : null) ?? values[i]);
        }
        return null;
    }

    private (int At, string Words)? Tail(string message)
    {
        // The last place where such an ending begins: an ending takes all that follows it.
        for (var at = message.Length - 1; at > 0; at--)
        {
            if (message[at] is not (';' or ' ')) continue;
            foreach (var (english, other) in _tails)
            {
                if (english.Match(message[at..]) is { } values) return (at, other.Fill(i => values[i]));
            }
        }
        return null;
    }

    private static MessageCatalogue Load()
    {
        using var reader = new StreamReader(typeof(MessageCatalogue).Assembly.GetManifestResourceStream(Resource)!);
        var catalogue = new MessageCatalogue();
        catalogue.Add(reader);
        return catalogue.Sorted();
    }

    private void Add(TextReader reader)
    {
        string? english = null;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (english is null || !line.StartsWith("  ", StringComparison.Ordinal))
            {
                english = line;
                continue;
            }
            var part = english.StartsWith("= ", StringComparison.Ordinal);
            var entry = (new MessagePattern(part ? english[2..] : english), new MessagePattern(line[2..]));
            (part ? _parts : english[0] is ';' or ' ' ? _tails : _messages).Add(entry);
            english = null;
        }
    }

    /// <summary>The closest pattern first.</summary>
    private MessageCatalogue Sorted()
    {
        _messages.Sort((a, b) => b.English.Weight.CompareTo(a.English.Weight));
        _parts.Sort((a, b) => b.English.Weight.CompareTo(a.English.Weight));
        return this;
    }
}
