using EdgeGateway.DeviceMaps.Language;
using EdgeGateway.Faults;
using EdgeGateway.Pipeline.Control;

namespace EdgeGateway.Control;

/// <summary>A command that answers in the language in which it is asked. Lines are made in English by the command; one that is not known stays so.</summary>
/// <param name="command">Does it.</param>
internal sealed class ChineseAnswers(IControlCommand command) : IControlCommand
{
    private static readonly Lazy<MessageCatalogue> Catalogue = new(() => FaultLanguage.Chinese.With([ControlChinese.Messages]));

    public string Name => command.Name;

    /// <summary>A line in Chinese, or null where it is not known.</summary>
    public static string? Of(string line) => Catalogue.Value.Translate(line);

    public async Task<ControlReply> RunAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        var reply = await command.RunAsync(request, cancellationToken);
        return request.Language == MessageLanguage.Chinese ? reply with { Lines = [.. reply.Lines.Select(l => Of(l) ?? l)] } : reply;
    }
}
