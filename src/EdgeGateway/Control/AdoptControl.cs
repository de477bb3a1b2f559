using System.Globalization;
using EdgeGateway.Identity;
using EdgeGateway.Pipeline.Control;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Events;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Control;

/// <summary><c>adopt</c>: this machine takes over a store that was made on another one.</summary>
/// <param name="owner">Whose the store is.</param>
/// <param name="hold">What keeps the publishers back.</param>
/// <param name="say">Appends an operator's word to the log.</param>
/// <param name="log">For the line that says so.</param>
internal sealed partial class AdoptControl(StoreOwner owner, PublishHold hold, Func<OperatorWord, CancellationToken, Task<long>> say, ILogger log) : IControlCommand
{
    public const string Nothing = "The store is this machine's already: there is nothing to adopt.";

    private int _turn;

    public string Name => AdoptWord.Verb;

    public async Task<ControlReply> RunAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _turn, 1) == 1) return ControlReply.Refused("It is being adopted already.");
        try
        {
            if (hold.Reason is null) return ControlReply.Done(Nothing);
            var epoch = owner.Adopt(request.By);
            await owner.SayAsync(say, cancellationToken);
            hold.Release();
            LogAdopted(request.By, epoch);
            return ControlReply.Done(Told(epoch));
        }
        finally
        {
            Interlocked.Exchange(ref _turn, 0);
        }
    }

    /// <summary>What is told once it is done.</summary>
    public static string Told(long? epoch) => "Adopted: what was measured is published from this machine now" +
        (epoch is { } e ? string.Create(CultureInfo.InvariantCulture, $"; its revisions are of epoch {e} and outrank those of the other machine.") : ".");

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store is adopted by this machine, said {By}: publishing begins, epoch {Epoch}.")]
    private partial void LogAdopted(string by, long? epoch);
}
