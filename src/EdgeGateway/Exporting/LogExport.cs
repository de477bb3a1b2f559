using System.Buffers;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Publishing.Exporting;

namespace EdgeGateway.Exporting;

/// <summary>Writes a range of the log to a stream, page by page.</summary>
/// <param name="stretch">What is read.</param>
/// <param name="writer">Writes to <paramref name="lines"/>.</param>
/// <param name="lines">What was written and not taken away yet.</param>
internal sealed class LogExport(LogStretch stretch, IItemWriter writer, ArrayBufferWriter<byte> lines)
{
    private const int Chunk = 256 * 1024;

    /// <summary>Items written.</summary>
    public long Written { get; private set; }

    /// <summary>Items that cannot be stated, and why the first of them cannot.</summary>
    public (long Count, string Reason) LeftOut { get; private set; }

    /// <summary>Writes everything.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="perSecond">Items a second at most; 0 for as fast as it goes.</param>
    /// <param name="time">For the rate.</param>
    /// <param name="cancellationToken">Ends it between two pages.</param>
    public async Task WriteAsync(Stream output, int perSecond, TimeProvider time, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        while (!stretch.Done)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var item in stretch.Next())
            {
                Write(item);
                if (lines.WrittenCount >= Chunk) await TakeAsync(output, cancellationToken);
            }
            if (perSecond == 0) continue;
            await TakeAsync(output, cancellationToken);
            var ahead = TimeSpan.FromSeconds((Written + LeftOut.Count) / (double)perSecond) - time.GetElapsedTime(begin);
            if (ahead > TimeSpan.Zero) await Task.Delay(ahead, time, cancellationToken);
        }
        await TakeAsync(output, cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    private void Write(PublishItem item)
    {
        try
        {
            writer.Write(item);
            Written++;
        }
        catch (PayloadException e)
        {
            LeftOut = (LeftOut.Count + 1, LeftOut.Count == 0 ? e.Message : LeftOut.Reason);
        }
    }

    private async Task TakeAsync(Stream output, CancellationToken cancellationToken)
    {
        await output.WriteAsync(lines.WrittenMemory, cancellationToken);
        lines.ResetWrittenCount();
    }
}
