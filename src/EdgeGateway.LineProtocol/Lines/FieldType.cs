namespace EdgeGateway.LineProtocol.Lines;

/// <summary>Type of a field. A database fixes it with the first value and refuses every other type from then on, so it is declared once with the name.</summary>
public enum FieldType : byte
{
    /// <summary>A number with decimals, always stored as float64.</summary>
    Number = 1,

    /// <summary>A whole number, int64; written with <c>i</c>.</summary>
    Integer = 2,

    /// <summary>A whole number that is never negative, uint64; written with <c>u</c>. InfluxDB 1.x knows no such type.</summary>
    Unsigned = 3,

    /// <summary>true or false.</summary>
    Boolean = 4,

    /// <summary>A text in quotes.</summary>
    Text = 5,
}
