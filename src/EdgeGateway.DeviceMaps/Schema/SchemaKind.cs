namespace EdgeGateway.DeviceMaps.Schema;

/// <summary>What a schema is for.</summary>
public enum SchemaKind
{
    /// <summary>The map that is started.</summary>
    Map = 0,

    /// <summary>A file that a map includes or lays over itself.</summary>
    Part = 1,

    /// <summary>A device template.</summary>
    Template = 2,
}
