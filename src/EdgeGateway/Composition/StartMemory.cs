namespace EdgeGateway.Composition;

/// <summary>Gives back what only the start needed: garbage of reading maps and connecting, and pages of the program's own file.</summary>
internal static class StartMemory
{
    // By then every line has been dialled and every publisher has connected once. What is asked for seldom (a page that was looked at, a reload) settles again within the hour.
    private static readonly TimeSpan _started = TimeSpan.FromSeconds(10), _again = TimeSpan.FromHours(1);

    /// <summary>Gives back at once: before the loops begin, when a pause hurts nobody.</summary>
    /// <remarks>Reading a large map leaves many times its size in garbage, and what follows allocates so little that nothing would ever give it back.</remarks>
    public static void GiveBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    /// <summary>Gives back when the gateway has started, and pages of the program every hour.</summary>
    public static async Task GiveBackAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(_started, time, cancellationToken);
            GiveBack();
            for (; ; await Task.Delay(_again, time, cancellationToken)) StartPages.GiveBack();
        }
        catch (OperationCanceledException)
        {
            // The process ends, and gives everything back.
        }
    }
}
