using System.Globalization;
using System.Text;

namespace EdgeGateway.DeviceMaps.Located;

/// <summary>Collects all faults of all files. Messages are kept to one line and to a readable length, whatever values they quote.</summary>
public sealed class FaultList
{
    private const int MaxMessage = 500;
    private readonly List<Fault> _faults = [];

    /// <summary>Faults ordered by file, line and column; those of one place in the order they were found.</summary>
    public IReadOnlyList<Fault> Ordered => [.. _faults.OrderBy(f => f.Mark.File, StringComparer.Ordinal).ThenBy(f => f.Mark.Line).ThenBy(f => f.Mark.Column)];

    /// <summary>True where there is none.</summary>
    public bool IsEmpty => _faults.Count == 0;

    /// <summary>How many there are.</summary>
    public int Count => _faults.Count;

    /// <summary>Adds a fault.</summary>
    public void Add(Mark mark, string message) => _faults.Add(new Fault(mark, OneLine(message)));

    private static string OneLine(string message)
    {
        if (message.Length > MaxMessage) message = string.Concat(message.AsSpan(0, MaxMessage / 2), " … ", message.AsSpan(message.Length - (MaxMessage / 4)));
        if (!message.AsSpan().ContainsAnyInRange('\0', '\u001F') && !message.AsSpan().ContainsAnyInRange('\u007F', '\u009F')) return message;
        var line = new StringBuilder(message.Length + 16);
        foreach (var c in message)
        {
            if (c == '\n') line.Append("\\n");
            else if (c == '\t') line.Append("\\t");
            else if (char.IsControl(c)) line.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}");
            else line.Append(c);
        }
        return line.ToString();
    }
}
