namespace EdgeGateway.Modbus.Planning;

/// <summary>Neighbouring addresses, of any table.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last, itself within.</param>
public readonly record struct AddressRange(int First, int Last)
{
    /// <summary>True where the addresses from <paramref name="start"/> to before <paramref name="end"/> touch the range.</summary>
    public bool Touches(int start, int end) => start <= Last && First < end;
}
