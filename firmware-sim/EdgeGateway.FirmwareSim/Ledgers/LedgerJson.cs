using System.Globalization;
using System.Text.Json;
using EdgeGateway.FirmwareSim.Plants;

namespace EdgeGateway.FirmwareSim.Ledgers;

/// <summary>Writes a ledger as JSON.</summary>
public static class LedgerJson
{
    private const long MaxWindows = 100_000;

    /// <summary>Writes the whole run up to <paramref name="end"/> and its windows, aligned to the epoch; the first and the last may be cut by the run.</summary>
    /// <param name="output">Where to; left open.</param>
    /// <param name="plant">The plant.</param>
    /// <param name="end">End of the run, UTC microseconds, not before the plant's start.</param>
    /// <param name="window">Length of a window, microseconds, or 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The run has not begun by its end, or has over 100 000 windows.</exception>
    public static void Write(Stream output, Plant plant, long end, long window)
    {
        var ledger = plant.Ledger;
        ArgumentOutOfRangeException.ThrowIfLessThan(end, ledger.StartMicros);
        ArgumentOutOfRangeException.ThrowIfNegative(window);
        if (window > 0) ArgumentOutOfRangeException.ThrowIfGreaterThan((end - ledger.StartMicros) / window, MaxWindows, nameof(window));
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("profile", plant.Profile.Name);
        json.WriteNumber("seed", plant.Seed);
        WriteStretch(json, ledger, ledger.StartMicros, end);
        json.WriteStartArray("windows");
        for (var start = ledger.StartMicros; window > 0 && start < end;)
        {
            var next = Math.Min(end, start - start % window + window);
            json.WriteStartObject();
            WriteStretch(json, ledger, start, next);
            json.WriteEndObject();
            start = next;
        }

        json.WriteEndArray();
        WriteFaults(json, ledger);
        json.WriteEndObject();
    }

    private static void WriteStretch(Utf8JsonWriter json, Ledger ledger, long start, long end)
    {
        json.WriteString("start", Instant(start));
        json.WriteString("end", Instant(end));
        json.WriteStartObject("units");
        foreach (var name in Ledger.EnergyNames)
        {
            var energy = ledger.EnergyOf(name, start, end);
            json.WriteStartObject(name);
            json.WriteString("nanojoules", energy.Nanojoules.ToString(CultureInfo.InvariantCulture));
            json.WriteNumber("kWh", decimal.Round(energy.KilowattHours, 9, MidpointRounding.ToEven));
            if (Ledger.LineNames.Contains(name))
            {
                json.WriteNumber("good", ledger.Good(name, start, end));
                json.WriteNumber("scrap", ledger.Scrap(name, start, end));
                json.WriteNumber("stopped_us", ledger.StateMicros(name, LineState.Stopped, start, end));
                json.WriteNumber("idle_us", ledger.StateMicros(name, LineState.Idle, start, end));
                json.WriteNumber("running_us", ledger.StateMicros(name, LineState.Running, start, end));
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteFaults(Utf8JsonWriter json, Ledger ledger)
    {
        json.WriteStartArray("faults");
        foreach (var fault in ledger.Faults)
        {
            json.WriteStartObject();
            json.WriteString("start", Instant(fault.Start));
            json.WriteString("end", Instant(fault.End));
            json.WriteString("device", fault.Fault.Device);
            json.WriteString("register", fault.Fault.Register);
            json.WriteString("script", fault.Fault.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Instant(long micros) => DateTimeOffset.UnixEpoch.AddMicroseconds(micros).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
