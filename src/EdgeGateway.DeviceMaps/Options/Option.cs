using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Sources;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Describes one option once: binding, defaults, checks, schema and reference page are all made from it.</summary>
public abstract class Option
{
    private protected Option(string key, string type, string? unit, string? defaultText, bool required, string doc)
    {
        Key = key;
        Type = type;
        Unit = unit;
        DefaultText = defaultText;
        Required = required;
        Doc = doc;
    }

    /// <summary>Key in the map, in lower_snake_case.</summary>
    public string Key { get; }

    /// <summary>Word for its type: <c>text</c>, <c>integer</c>, <c>duration</c>, <c>one of a | b</c>…</summary>
    public string Type { get; }

    /// <summary>Unit of a bare number, or null.</summary>
    public string? Unit { get; }

    /// <summary>The default as it would be written, or null.</summary>
    public string? DefaultText { get; }

    /// <summary>True where the map must give it.</summary>
    public bool Required { get; }

    /// <summary>What it means, one sentence.</summary>
    public string Doc { get; }

    /// <summary>Allowed words, for completion and near spellings; empty where any value goes.</summary>
    public IReadOnlyList<string> Choices { get; private protected init; } = [];

    /// <summary>A value for samples, where the default alone would not make a sound one; or null.</summary>
    public string? Example { get; private protected set; }

    /// <summary>Form of its value, for schemas.</summary>
    public ValueShape Shape { get; private protected init; } = new(ValueKind.Any);

    /// <summary>Reads and checks a value; adds a fault and returns null where it is wrong.</summary>
    public abstract object? Read(MapNode node, FaultList faults);

    /// <summary>The default's value, or null.</summary>
    public abstract object? DefaultValue { get; }
}

/// <summary>An option whose value is a <typeparamref name="T"/>.</summary>
/// <typeparam name="T">Type of the bound value.</typeparam>
public sealed class Option<T> : Option where T : notnull
{
    private readonly Func<MapNode, FaultList, (bool Ok, T Value)> _read;
    private readonly Func<T, string?>? _check;
    private readonly object? _default;

    /// <summary>Describes an option; use the factories of <see cref="Options.OptionOf"/> where one fits.</summary>
    /// <param name="key">Key in the map.</param>
    /// <param name="type">Word for the type.</param>
    /// <param name="read">Reads a node; adds a fault itself and returns false where it is wrong.</param>
    /// <param name="doc">One sentence.</param>
    /// <param name="unit">Unit of a bare number.</param>
    /// <param name="required">True where the map must give it.</param>
    /// <param name="defaultText">The default as written.</param>
    /// <param name="defaultValue">The default's value.</param>
    /// <param name="choices">Allowed words.</param>
    /// <param name="check">Returns what is wrong with a value, or null.</param>
    /// <param name="shape">Form of the value for schemas; by default one of the choices, or anything.</param>
    public Option(string key, string type, Func<MapNode, FaultList, (bool Ok, T Value)> read, string doc, string? unit = null, bool required = false,
        string? defaultText = null, object? defaultValue = null, IReadOnlyList<string>? choices = null, Func<T, string?>? check = null, ValueShape? shape = null)
        : base(key, type, unit, defaultText, required, doc)
    {
        _read = read;
        _check = check;
        _default = defaultValue;
        Choices = choices ?? [];
        Shape = shape ?? new ValueShape(Choices.Count > 0 ? ValueKind.Choice : ValueKind.Any);
    }

    /// <summary>The same option, with a value for samples. While it is described, and not later.</summary>
    public Option<T> WithExample(string example)
    {
        Example = example;
        return this;
    }

    /// <inheritdoc/>
    public override object? DefaultValue => _default;

    /// <inheritdoc/>
    public override object? Read(MapNode node, FaultList faults)
    {
        var (ok, value) = _read(node, faults);
        if (!ok) return null;
        if (_check?.Invoke(value) is not { } wrong) return value;
        faults.Add(node.Mark, $"{Key}: {wrong}");
        return null;
    }
}

/// <summary>The options of one thing, such as a Modbus point.</summary>
/// <param name="Name">What they describe, for messages: <c>modbus_tcp connection</c>.</param>
/// <param name="Items">The options.</param>
public sealed record OptionTable(string Name, IReadOnlyList<Option> Items)
{
    /// <summary>No options.</summary>
    public static OptionTable Empty { get; } = new("nothing", []);

    /// <summary>The option with this key, or null.</summary>
    public Option? Find(string key) => Items.FirstOrDefault(o => o.Key == key);
}

/// <summary>Bound values of an <see cref="OptionTable"/>; immutable once bound.</summary>
public sealed class OptionValues
{
    private Dictionary<Option, (object Value, Mark? Mark)> _values = [];

    /// <summary>The first ones that were bound to the same values: one object for all who have them, but with the place of the first. These themselves where they were not shared.</summary>
    internal OptionValues First { get => field ?? this; private set; }

    /// <summary>Where the thing itself begins in the map.</summary>
    public required Mark Mark { get; init; }

    /// <summary>The value as given or by default.</summary>
    /// <exception cref="InvalidOperationException">It was not given and has no default: ask <see cref="Has"/> first, or mark it required.</exception>
    public T Get<T>(Option<T> option) where T : notnull =>
        _values.TryGetValue(option, out var v) ? (T)v.Value : option.DefaultValue is T d ? d : throw new InvalidOperationException($"Option {option.Key} has no value.");

    /// <summary>The value as given or by default, or <paramref name="otherwise"/>.</summary>
    public T GetOr<T>(Option<T> option, T otherwise) where T : notnull =>
        _values.TryGetValue(option, out var v) ? (T)v.Value : option.DefaultValue is T d ? d : otherwise;

    /// <summary>True where the map gave it.</summary>
    public bool Has(Option option) => _values.ContainsKey(option);

    /// <summary>Where the map gave it, or the thing's own place.</summary>
    public Mark MarkOf(Option option) => _values.TryGetValue(option, out var v) && v.Mark is { } mark ? mark : Mark;

    /// <summary>True where the same options were given the same values, secrets included; places make no difference.</summary>
    public bool SameAs(OptionValues other) =>
        _values.Count == other._values.Count && _values.All(v => other._values.TryGetValue(v.Key, out var o) && Same(v.Value.Value, o.Value));

    private static bool Same(object a, object b) => (a, b) switch
    {
        (SecretText x, SecretText y) => x.Reveal() == y.Reveal(),
        (MapNode x, MapNode y) => MapWriter.Inline(x) == MapWriter.Inline(y),
        (string, string) => a.Equals(b),
        (System.Collections.IEnumerable x, System.Collections.IEnumerable y) => x.Cast<object>().SequenceEqual(y.Cast<object>()),
        _ => a.Equals(b),
    };

    /// <summary>The secrets among them: for whoever must keep them out of a text.</summary>
    public IEnumerable<SecretText> Secrets => _values.Values.Select(v => v.Value).OfType<SecretText>();

    /// <summary>Shares its values with whatever was bound to the same ones at the same places: the points of a thousand devices of one template then have them once.</summary>
    /// <param name="known">What was bound so far.</param>
    internal void Share(Dictionary<Dictionary<Option, (object Value, Mark? Mark)>, OptionValues> known)
    {
        if (known.TryGetValue(_values, out var first)) (_values, First) = (first._values, first);
        else known.Add(_values, this);
    }

    /// <summary>The same values of a thing that begins elsewhere.</summary>
    internal OptionValues At(Mark mark) => mark == Mark ? this : new OptionValues { Mark = mark, _values = _values };

    /// <summary>Sets a bound value; for the binder and tests.</summary>
    public OptionValues Set(Option option, object value, Mark? mark = null)
    {
        _values[option] = (value, mark);
        return this;
    }
}
