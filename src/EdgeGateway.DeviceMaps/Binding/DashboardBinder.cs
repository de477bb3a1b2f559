using System.Net;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>Binds the section <c>dashboard</c>: a certificate and its key come together, and beyond loopback there is one.</summary>
internal static class DashboardBinder
{
    public static DashboardMap Bind(OptionValues values, FaultList faults)
    {
        var listen = values.Get(MapOptions.Dashboard.Listen);
        var at = listen == MapOptions.Dashboard.Off ? null : IPEndPoint.Parse(listen);
        var (certificate, key) = (Text(values, MapOptions.Dashboard.Certificate), Text(values, MapOptions.Dashboard.Key));
        if (certificate is null != key is null)
        {
            faults.Add(values.MarkOf(certificate is null ? MapOptions.Dashboard.Key : MapOptions.Dashboard.Certificate),
                certificate is null ? "key: a key without its certificate; add certificate." : "certificate: a certificate without its key; add key.");
        }
        if (at is not null && !IPAddress.IsLoopback(at.Address) && certificate is null)
        {
            faults.Add(values.MarkOf(MapOptions.Dashboard.Listen), $"listen: {listen} is reached from other machines, and so needs TLS: add certificate and key, or listen on 127.0.0.1.");
        }
        return new DashboardMap { Listen = at, Hosts = values.Get(MapOptions.Dashboard.Hosts), Certificate = certificate, Key = key, Users = values.Get(MapOptions.Dashboard.Users), Otlp = Otlp(values) };
    }

    private static OtlpMap? Otlp(OptionValues values) => !values.Has(MapOptions.Dashboard.Otlp) ? null : new OtlpMap(new Uri(values.Get(MapOptions.Dashboard.Otlp)), values.Get(MapOptions.Dashboard.OtlpEvery),
        values.Has(MapOptions.Dashboard.OtlpAuthorization) ? values.Get(MapOptions.Dashboard.OtlpAuthorization) : null);

    private static string? Text(OptionValues values, Option<string> option) => values.Has(option) ? values.Get(option) : null;
}
