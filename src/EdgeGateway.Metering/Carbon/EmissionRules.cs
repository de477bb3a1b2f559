using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Carbon;

/// <summary>Which scope a carrier belongs to (GHG Protocol; GB/T 32150). Water, air and gases of the air have energy in them and emit nothing on the site.</summary>
internal static class EmissionRules
{
    /// <summary>Burnt on the site: scope 1.</summary>
    public static bool IsBurnt(Carrier carrier) => carrier
        is Carrier.NaturalGas or Carrier.Diesel or Carrier.Petrol or Carrier.FuelOil or Carrier.CrudeOil or Carrier.Lpg or Carrier.Lng or Carrier.RefineryGas
        or Carrier.RawCoal or Carrier.WashedCoal or Carrier.Coke or Carrier.BituminousCoal or Carrier.Anthracite;

    /// <summary>Made elsewhere by burning: scope 2.</summary>
    public static bool IsBoughtEnergy(Carrier carrier) => carrier is Carrier.Electricity or Carrier.Heat or Carrier.Steam or Carrier.Cooling;
}
