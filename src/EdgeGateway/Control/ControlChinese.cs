namespace EdgeGateway.Control;

/// <summary>What commands answer that the page offers, in Chinese.</summary>
internal static class ControlChinese
{
    public const string Messages = """
        = ntp
          网络校时 NTP
        = rtc
          硬件时钟
        = device
          设备时钟
        = operator
          操作员
        = new
          新增
        = gone
          已删除
        = any publisher
          任一上传目标
        = any stream
          任一数据流
        = any item
          任意编号
        = item {0}
          编号 {0}
        = ; there may be more: ask again
          ，可能还有：请再执行一次
        = there is no such counter
          没有该累计量测点
        = its readings are not numbers of this register
          读数不是该寄存器能有的数
        = nothing was read of this register yet: its totals begin with the new meter anyway
          该寄存器还没有读数，累计量本来就从新表开始
        = its register was not seen to be reset within a day of that time: say the time at which the new meter was read first
          该时间前后一天内没有发现寄存器复位：请填写首次读到新表的时间
        = from {0} steps, read last, the old meter cannot have come to {1}
          旧表最后读数为 {0} 步，不可能走到 {1}
        = from {0} steps the new meter cannot have come to {1}, read first, in that time
          新表从 {0} 步起，不可能在该时间内走到首次读数 {1}
        = the ratio is no number above zero
          倍率不是大于零的数
        = with this ratio a step is finer than is counted
          按此倍率，一步小于可计的最小量
        = a meter with another ratio was said to be there from {0} on: say that time
          已登记从 {0} 起为另一倍率的表：请填写该时间
        = more than a day lies between the last reading of the old meter and the first one of the new: leave the ratio out, and say it by the word ratio from that time on
          旧表最后读数与新表首次读数相隔超过一天：请先不填倍率，再用 ratio 命令从该时间起更正
        = a register may have gone around once more between the last reading of the old meter and the first one of the new: leave the ratio out, and say it by the word ratio from that time on
          旧表最后读数与新表首次读数之间，寄存器可能多翻转一圈：请先不填倍率，再用 ratio 命令从该时间起更正
        = with this ratio the new meter's register may have gone around once more while it was not read: leave the ratio out, and say it by the word ratio from that time on
          按此倍率，新表寄存器在未读到期间可能多翻转一圈：请先不填倍率，再用 ratio 命令从该时间起更正
        = with another ratio its time must lie between the last reading of the old meter, {0}, and the first one of the new, {1}
          倍率不同时，换表时间必须在旧表最后读数 {0} 与新表首次读数 {1} 之间
        {0} failed: {1}
          {0} 执行失败：{1}
        There is no counter '{0}' in the running map.
          运行中的配置里没有累计量测点“{0}”。
        '{0}' is no time: write it like 2026-11-24T10:30:00+08:00.
          “{0}”不是时间：请写成 2026-11-24T10:30:00+08:00 的形式。
        A replacement is told of once it has been made: its time lies in the future.
          换表完成后才能登记：所填时间还没到。
        '{0}' is no reading: write the number on the display, such as 12345.6, or leave --{1} out where it is not known.
          “{0}”不是读数：请填写表上显示的数字，例如 12345.6；不知道时留空（--{1}）。
        '{0}' is no ratio: write CT × PT as one number, such as 40 for 200/5 A.
          “{0}”不是倍率：请把 CT × PT 写成一个数，例如 200/5 A 写 40。
        Noted, and not followed: {0}.
          已记录，但未执行：{0}。
        The reset that was seen is a replacement now; windows since then are stated again. Write the new ratio into the map as well: 'ratio: {0}' at {1}.
          先前发现的复位已改记为换表，此后的时段会重新给出。请把新倍率也写进配置：{1} 的“ratio: {0}”。
        The reset that was seen is a replacement now; windows since then are stated again.
          先前发现的复位已改记为换表，此后的时段会重新给出。
        Noted: the total goes on with the first reading of the new meter after that time. Write the new ratio into the map as well: 'ratio: {0}' at {1}.
          已记录：累计量从该时间之后新表的首个读数起继续。请把新倍率也写进配置：{1} 的“ratio: {0}”。
        Noted: the total goes on with the first reading of the new meter after that time.
          已记录：累计量从该时间之后新表的首个读数起继续。
        The system clock shows {0}: it has not been set. Set it first, as by 'timedatectl set-time', then say this again.
          系统时钟显示 {0}，尚未校准：请先校时（例如 timedatectl set-time），再确认。
        The system clock shows {0}, but the newest stored entry is of {1}: one of them is wrong. Set the clock, then say this again.
          系统时钟显示 {0}，但最近一条存储数据的时间是 {1}，两者必有一错：请先校时，再确认。
        The clock is awaited: samples are kept, window records begin once somebody vouches, or gateway.clock_wait runs out.
          正在等待可信时钟：采样照常保存，有来源作证或 gateway.clock_wait 到期后开始时段记录。
        Time is {0}, by {1}.
          当前时间 {0}，作证来源：{1}。
        Time is {0}; records say clock_unverified.
          当前时间 {0}；记录带有 clock_unverified 标记。
        It is {0} s ahead of {1} and runs a tenth slower until they meet.
          比{1}超前 {0} 秒，正放慢十分之一追平。
        {0} does not vouch
          {0} 未作证
        {0} vouches for {1}
          {0} 作证：{1}
        Steps since the start: {0}.
          启动以来的跳变次数：{0}。
        stream: there is no '{0}'; write records, telemetry or events.
          stream：没有“{0}”；可写 records、telemetry 或 events。
        id: '{0}' is no number of an item; 'quarantine list' shows them.
          id：“{0}”不是隔离数据的编号；quarantine list 可列出编号。
        quarantine: write list, show, replay or drop.
          quarantine：请写 list、show、replay 或 drop。
        limit: expected 1 to {0}.
          limit：应为 1 到 {0}。
        {0} {1}: {2} items
          {0} {1}：{2} 条
        Nothing is in quarantine.
          隔离区是空的。
        show: name the item by publisher, stream and id, as 'quarantine list' shows them.
          show：请按 quarantine list 所列写明 publisher、stream 和 id。
        There is no publisher '{0}'
          没有上传目标“{0}”
        {0} is sending something again already; wait until the log says that it is done.
          {0} 已在补发数据：请等日志提示完成。
        {0}: {1} items are sent once more, {2} a second at most. What the target takes leaves the quarantine, what it refuses again stays with the new reason. The log says when it is done.
          {0}：重新发送 {1} 条，每秒至多 {2} 条。目标收下的移出隔离区，再次拒收的保留并更新原因；完成时日志会提示。
        drop: name the publisher.
          drop：请写明 publisher。
        drop: name one item by its stream and id, or write --all.
          drop：请用 stream 和 id 指明一条，或写 --all。
        {0}: {1} items dropped{2}. The target never had them; the records themselves stay in the log, and 'republish' sends their stretch again.
          {0}：已丢弃 {1} 条{2}。目标从未收到这些数据；记录本身仍在日志中，republish 可重发该段。
        Nothing like that is in quarantine: {0}, {1}, {2}. 'quarantine list' shows what is.
          隔离区里没有这样的数据：{0}、{1}、{2}。quarantine list 可列出现有数据。
        This map is not of a file: it cannot be read again.
          当前配置不来自文件，无法重新读取。
        Nothing is to change: the map means what runs already.
          没有变更：配置与运行中的一致。
        The gateway is stopping.
          网关正在停止。
        This map would not be taken over.
          这份配置不会生效。
        The map that runs stays in force.
          运行中的配置保持不变。
        A reload would restart {0} buses and {1} publishers and end {2} buses and {3} publishers; all others run on.
          重新加载将重启 {0} 条线路、{1} 个上传目标，停止 {2} 条线路、{3} 个上传目标，其余照常运行。
        Restarted {0} buses and {1} publishers and ended {2} buses and {3} publishers; all others run on.
          已重启 {0} 条线路、{1} 个上传目标，停止 {2} 条线路、{3} 个上传目标，其余照常运行。
         (from the next start on)
          （下次启动起生效）
        connection '{0}': a secret it uses is another one
          连接“{0}”：所用的密钥已更换
        publisher '{0}': a secret it uses is another one
          上传目标“{0}”：所用的密钥已更换
        connection '{0}': {1}
          连接“{0}”：{1}
        device '{0}': {1}
          设备“{0}”：{1}
        shift '{0}': {1}
          班次“{0}”：{1}
        product '{0}': {1}
          产品“{0}”：{1}
        unit '{0}': {1}
          单元“{0}”：{1}
        publisher '{0}': {1}
          上传目标“{0}”：{1}
        = was '{0}'
          原名“{0}”

        """;
}
