using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Storage;
using EdgeGateway.Storage.Writer;
using Microsoft.Extensions.Logging.Abstractions;

// Writes entries to the store named by the argument until it is killed, and says "durable N" each time it was told that entry N is. With a second argument it does one thing, see below.
if (args is [_, "full"]) return await FullDisk.RunAsync(args[0]);
if (args is [_, "fill" or "refused" or "unreadable" or "readonly" or "half" or "check"]) return await Refusals.RunAsync(args[0], args[1]);
var store = SqliteStore.Open(new SqliteStoreOptions { Path = args[0], CommitInterval = TimeSpan.FromSeconds(2) }, NullLoggerFactory.Instance);
var cursor = new AckRanges();
Console.WriteLine("opened " + store.Opened.LastSeq);
for (var seq = store.Opened.LastSeq + 1; ; seq++)
{
    var entry = store.Rent();
    Workload.Fill(entry, seq);
    await store.PostAsync(entry, CancellationToken.None);
    if (seq % 5 == 0)
    {
        // Ahead of what is durable, as a tap's acknowledgement would be.
        cursor.Add(1, seq + 3);
        store.PostCursor("platform", RecordStream.Telemetry, cursor);
    }
    if (seq % 17 != 0) continue;
    await store.FlushAsync(CancellationToken.None);
    Console.WriteLine("durable " + seq);
}
