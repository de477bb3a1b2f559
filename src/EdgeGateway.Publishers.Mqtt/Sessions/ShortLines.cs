using EdgeGateway.Pipeline.Publishing;

namespace EdgeGateway.Publishers.Mqtt.Sessions;

/// <summary>Notices lines that break again and again soon after they came about. Two clients with one id do that to each other, and not every broker says so.</summary>
internal sealed class ShortLines(TimeProvider time)
{
    private const int Enough = 3;
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(1);
    private long _since;
    private int _inARow;

    /// <summary>A line came about.</summary>
    public void Connected() => _since = time.GetTimestamp();

    /// <summary>A line broke; an alarm where it was one too many.</summary>
    public PublisherException? Broke(PublisherException why)
    {
        _inARow = time.GetElapsedTime(_since) < Short ? _inARow + 1 : 0;
        if (_inARow < Enough || why.After > TimeSpan.Zero) return null;
        _inARow = 0;
        return new PublisherException($"{why.Message} It is the third line in a row that broke within a minute.", why) { After = LineFaults.TakenOverPause };
    }
}
