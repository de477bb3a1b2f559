namespace EdgeGateway.Benchmarks.Whole;

/// <summary>What an open page asks of its gateway: its files once, the live stream all the time, the overview and the devices again and again, at the periods of the page.</summary>
internal static class OpenPage
{
    public static async Task LookAsync(Uri page, CancellationToken stop)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        try
        {
            await client.GetByteArrayAsync(page, stop);
            await Task.WhenAll(StreamAsync(client, page, stop), AgainAsync(client, new Uri(page, "/api/v1/overview"), 5, stop), AgainAsync(client, new Uri(page, "/api/v1/devices"), 2, stop), AgainAsync(client, new Uri(page, "/api/v1/heat?unit=line-0&days=2"), 30, stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private static async Task StreamAsync(HttpClient client, Uri page, CancellationToken stop)
    {
        await using var stream = await client.GetStreamAsync(new Uri(page, "/api/v1/stream"), stop);
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, stop) > 0)
        {
        }
    }

    private static async Task AgainAsync(HttpClient client, Uri path, int seconds, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(seconds));
        do await client.GetByteArrayAsync(path, stop);
        while (await timer.WaitForNextTickAsync(stop));
    }
}
