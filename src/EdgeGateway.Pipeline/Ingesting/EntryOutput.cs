using EdgeGateway.Metering;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Ingesting;

/// <summary>Puts what metering states into the entry that caused it, so that both become durable together.</summary>
internal sealed class EntryOutput : IMeteringOutput
{
    /// <summary>The entry being applied.</summary>
    public LogEntry? Entry { get; set; }

    public void Record(WindowRecord record) => Entry!.Add(record);

    public void Event(GatewayEvent happening) => Entry!.Add(happening);
}
