namespace EdgeGateway.Pipeline.Publishing.Choosing;

/// <summary>Messages about what a publisher sends, in Chinese.</summary>
public static class ChoiceChinese
{
    /// <summary>In the form of the catalogue of messages.</summary>
    public const string Messages = """
        only with telemetry: on_change.
          只能与 telemetry: on_change 同用。
        must not be empty.
          不能为空。
        {0} measure the same; keep one.
          {0} 是同一种量：请只保留一个。
        expected on_change, all or off.
          应为 on_change、all 或 off。
        expected on_change, all or off
          应为 on_change、all 或 off
        expected a number in the point's own unit, such as 0.5, or a share such as 2%.
          应为测点自身单位的数字（例如 0.5），或百分比（例如 2%）。
        there is no '{0}': expected a list such as {1}.
          没有“{0}”：应为列表，例如 {1}。
        there is no '{0}': expected a list such as {1}
          没有“{0}”：应为列表，例如 {1}
        expected a list such as {0}.
          应为列表，例如 {0}。
        expected {0}.
          应为 {0}。
        the list is empty; leave the option out.
          列表是空的：请去掉此项。
        the list is empty.
          列表是空的。
        write names as they are and as they should be, such as {press-meter.power: P_total, line-1: 冲压线}.
          请写原名和新名，例如 {press-meter.power: P_total, line-1: 冲压线}。
        '{0}' holds too many points.
          “{0}”里的点太多。
        there is no unit or point '{0}'
          没有单元或测点“{0}”
        metering states no windows of kind '{0}': add it to metering: windows, or leave it out here.
          计量不统计“{0}”窗口：请加到 metering: windows，或在此处去掉。

        """;
}
