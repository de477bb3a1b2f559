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

    /// <summary>The message in <paramref name="language"/>.</summary>
    public static string Say(string message, MessageLanguage language) => language == MessageLanguage.English ? message : Chinese.Translate(message) ?? message;

    /// <summary>The message in this language, or null where it is not known.</summary>
    public string? Translate(string message)
    {
        var (head, tail) = (message, "");
        while (Tail(head) is { } cut)
        {
            head = head[..cut.At];
            tail = cut.Words + tail;
        }
        var colon = head.IndexOf(": ", StringComparison.Ordinal);
        if (colon > 0 && !head.AsSpan(0, colon).ContainsAny(" '\"") && Of(_messages, head[(colon + 2)..]) is { } rest) return $"{head[..colon]}：{rest}{tail}";
        return Of(_messages, head) is { } known ? known + tail : null;
    }

    private string? Of(List<(MessagePattern English, MessagePattern Other)> entries, string message)
    {
        foreach (var (english, other) in entries)
        {
            if (english.Match(message) is { } values) return other.Fill(i => Of(_parts, values[i]) ?? (ReferenceEquals(entries, _messages) ? Of(_messages, values[i]) : null) ?? values[i]);
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
            (part ? catalogue._parts : english[0] is ';' or ' ' ? catalogue._tails : catalogue._messages).Add(entry);
            english = null;
        }
        catalogue._messages.Sort((a, b) => b.English.Weight.CompareTo(a.English.Weight));
        catalogue._parts.Sort((a, b) => b.English.Weight.CompareTo(a.English.Weight));
        return catalogue;
    }
}
