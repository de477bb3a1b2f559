using EdgeGateway.LineProtocol.Lines;

namespace EdgeGateway.Publishers.Influx.Points;

/// <summary>The fixed fields of a measurement of a carrier, such as <c>edgegateway_electricity</c>. Every statement writes all of them.</summary>
internal static class CarrierFields
{
    public static readonly FieldKey Value = new("value", FieldType.Number), Exact = new("exact", FieldType.Boolean), Basis = new("basis", FieldType.Text),
        Bound = new("bound", FieldType.Number), BoundOk = new("bound_ok", FieldType.Boolean), Unit = new("measure", FieldType.Text),
        Coal = new("kgce", FieldType.Number), CoalOk = new("kgce_ok", FieldType.Boolean);

    /// <summary>The share of each machine state, by its number.</summary>
    public static readonly FieldKey[] ByState = [new("running", FieldType.Number), new("idle", FieldType.Number), new("stopped", FieldType.Number), new("unknown", FieldType.Number)];
}
