using System.Globalization;
using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Language;
using EdgeGateway.DeviceMaps.Located;

namespace EdgeGateway.Faults;

/// <summary>Faults for people: place, what is wrong, and the line with a caret below it.</summary>
/// <param name="language">Language of messages.</param>
internal sealed class FaultText(MessageLanguage language)
{
    private bool Chinese => language == MessageLanguage.Chinese;

    /// <summary>All faults and warnings, and how many there are.</summary>
    public IEnumerable<string> Lines(MapOutcome outcome)
    {
        foreach (var fault in outcome.Faults.Concat(outcome.Warnings))
        {
            var message = FaultLanguage.Say(fault.Message, language);
            yield return $"{fault.Mark}: {(fault.IsWarning ? Chinese ? "提醒：" : "warning: " : "")}{message}";
            if (!outcome.Texts.TryGetValue(fault.Mark.File, out var text)) continue;
            foreach (var line in LineExcerpt.Of(text, fault.Mark)) yield return line;
        }
        if (outcome.Faults.Count > 0) yield return Count(outcome.Faults.Count, "1 fault.", "faults.", "处错误。");
        if (outcome.Warnings.Count > 0) yield return Count(outcome.Warnings.Count, "1 warning.", "warnings.", "处提醒。");
    }

    private string Count(int count, string one, string many, string chinese) =>
        Chinese ? string.Create(CultureInfo.InvariantCulture, $"{count} {chinese}") : count == 1 ? one : string.Create(CultureInfo.InvariantCulture, $"{count} {many}");
}
