namespace EdgeGateway.Records.Samples;

/// <summary>What a point's values mean over time.</summary>
public enum PointKind : byte
{
    /// <summary>A value that goes up and down, such as power.</summary>
    Gauge = 1,

    /// <summary>A register that only counts up, such as energy or pieces; its samples are integer register steps.</summary>
    Counter = 2,

    /// <summary>One of a few named conditions, such as running or idle.</summary>
    State = 3,

    /// <summary>Text, such as a batch code.</summary>
    Text = 4,
}
