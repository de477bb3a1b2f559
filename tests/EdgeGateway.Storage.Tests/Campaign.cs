using System.Globalization;

namespace EdgeGateway.Storage.Tests;

/// <summary>Seeds of a test that is run more often elsewhere: a few of its own in CI; as many as STORE_COUNT says, in a file that STORE_CAMPAIGN names, in a campaign that can be broken off and taken up again.</summary>
internal sealed class Campaign
{
    private readonly string? _file;
    private readonly HashSet<int> _done = [];

    public Campaign(string name, int usual)
    {
        Name = name;
        var first = Environment.TickCount & 0xFFFFFF;
        Count = usual;
        if (Environment.GetEnvironmentVariable("STORE_CAMPAIGN") is { Length: > 0 } file)
        {
            _file = Path.GetFullPath(file);
            if (int.TryParse(Environment.GetEnvironmentVariable("STORE_COUNT"), NumberStyles.None, CultureInfo.InvariantCulture, out var count)) Count = count;
            first = 0;
            if (File.Exists(_file))
            {
                foreach (var words in File.ReadLines(_file).Select(l => l.Split(' ')))
                {
                    if (words is ["ok", var of, var seed, ..] && of == name) _done.Add(int.Parse(seed, CultureInfo.InvariantCulture));
                }
            }
        }
        Seeds = [.. Enumerable.Range(first, Count).Where(s => !_done.Contains(s))];
    }

    public string Name { get; }

    /// <summary>How many make the campaign.</summary>
    public int Count { get; }

    /// <summary>Those that have not passed yet.</summary>
    public IReadOnlyList<int> Seeds { get; }

    /// <summary>A seed has passed.</summary>
    public void Passed(int seed, string what)
    {
        if (_file is not null) File.AppendAllText(_file, string.Create(CultureInfo.InvariantCulture, $"ok {Name} {seed} {what}\n"));
    }
}
