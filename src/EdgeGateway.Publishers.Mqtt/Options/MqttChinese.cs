using EdgeGateway.Pipeline.Publishing.Choosing;

namespace EdgeGateway.Publishers.Mqtt.Options;

/// <summary>Messages of this publisher about maps, in Chinese.</summary>
internal static class MqttChinese
{
    public const string Messages = ChoiceChinese.Messages + """
        there is no username beside it.
          缺少同级的 username。
        there is no client_certificate beside it.
          缺少同级的 client_certificate。
        there is no client_key beside it.
          缺少同级的 client_key。
        MQTT 3.1.1 has no such thing; check protocol.
          MQTT 3.1.1 没有此项：请检查 protocol。
        some are mqtts:// and some are not: what is secret at one is none at the other. Use mqtts:// for all.
          有的是 mqtts://，有的不是：在一处保密的在另一处就泄露了。请全部用 mqtts://。
        only an mqtts:// url uses certificates.
          只有 mqtts:// 地址才用证书。
        {0} needs parameters: {1}.
          {0} 需要参数：{1}。
        {0} has no '{1}'; it has none.
          {0} 没有“{1}”；它不需要参数。
        {0} has no '{1}'
          {0} 没有“{1}”
        {0} sends only what has a code of the platform; write codes, such as {line-1.electricity: "0101010101330001"}.
          {0} 只发送有平台编码的量：请写 codes，例如 {line-1.electricity: "0101010101330001"}。
        there is no unit or point for '{0}'
          没有与“{0}”对应的单元或测点
        '{0}': units have no quantity '{1}'; write a carrier, good, scrap, or a figure.
          “{0}”：单元没有量“{1}”；请写能源品种、good、scrap 或指标名。
        {0}: '{1}' is none of {2}.
          {0}：“{1}”不在 {2} 之中。
        {0}: '{1}' has {2} characters; the platform wants {3}.
          {0}：“{1}”有 {2} 个字符，平台要求 {3} 个。
        {0}: '{1}' may hold digits only.
          {0}：“{1}”只能包含数字。
        {0}: '{1}' may hold capital letters and digits only.
          {0}：“{1}”只能包含大写字母和数字。
        {0}: {1}: topic: {2}
          {0}：{1}：主题：{2}
        {0}: {1}: the body of a sample is no JSON: {2}
          {0}：{1}：样例报文不是 JSON：{2}
        there is no payload '{0}': write json, {1}, or the path of a .yaml file
          没有报文格式“{0}”：可写 json、{1}，或 .yaml 文件路径
        there is no payload '{0}': write json, {1}, or the path of a .yaml file.
          没有报文格式“{0}”：可写 json、{1}，或 .yaml 文件路径。
        write json, {0}, or the path of a .yaml file.
          请写 json、{0}，或 .yaml 文件路径。
        '{0}' is longer than 1 MiB.
          “{0}”超过 1 MiB。
        cannot read '{0}': {1}
          无法读取“{0}”：{1}
        {0} has no value.
          {0} 没有写值。
        write names and values, such as {0}.
          请写名称和值，例如 {0}。
        expected mqtt://host:1883 or mqtts://host:8883.
          应为 mqtt://主机:1883 或 mqtts://主机:8883。
        {0}:// (MQTT over WebSocket) is not supported; use mqtt:// or mqtts://.
          不支持 {0}://（WebSocket 上的 MQTT）：请用 mqtt:// 或 mqtts://。
        write {0}:// instead of {1}://.
          请把 {1}:// 改为 {0}://。
        '{0}://' is neither mqtt:// nor mqtts://
          “{0}://”不是 mqtt:// 或 mqtts://
        '{0}://' is neither mqtt:// nor mqtts://.
          “{0}://”不是 mqtt:// 或 mqtts://。
        a user does not belong into the url; give username and password as options of their own.
          用户名不要写在 url 里：请用 username 和 password 两项。
        '{0}' is not {1}://host or {1}://host:port.
          “{0}”不是 {1}://主机 或 {1}://主机:端口。
        nothing may follow the port; the topics' root is the option topic.
          端口后面不能有内容；主题前缀请写 topic。
        port 0 is not a port.
          端口不能是 0。
        topics that begin with $ belong to the broker.
          以 $ 开头的主题属于服务器。
        + and # are wildcards and cannot stand in a topic to publish to.
          + 和 # 是通配符，不能出现在发布主题里。
        an empty level (a slash at the begin or end, or two in a row) is not allowed.
          主题不能有空层级（开头或结尾的斜杠，或连续两个斜杠）。
        a control character or a broken character stands in it.
          含有控制字符或损坏的字符。
        is longer than 1024 bytes.
          超过 1024 字节。
        = The broker, or several in order of preference: the next is tried where one is out of reach. mqtts is TLS: its certificate is always verified. Default ports 1883 and 8883.
          消息服务器，可按优先顺序写多个：连不上时试下一个。mqtts 即 TLS，始终校验证书。默认端口 1883 和 8883。

        """;
}
