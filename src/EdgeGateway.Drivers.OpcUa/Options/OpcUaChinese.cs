namespace EdgeGateway.Drivers.OpcUa.Options;

/// <summary>Messages of this driver about maps, in Chinese.</summary>
internal static class OpcUaChinese
{
    public const string Messages = """
        expected opc.tcp://<host>:<port>, such as opc.tcp://192.168.1.20:4840.
          应为 opc.tcp://<主机>:<端口>，例如 opc.tcp://192.168.1.20:4840。
        expected a text such as nsu=urn:plant:plc;s=Line1.Good.
          应为文本，例如 nsu=urn:plant:plc;s=Line1.Good。
        expected nsu=<namespace URI>;s=<text> (or i=<number>, g=<guid>, b=<base64>).
          应为 nsu=<命名空间 URI>;s=<文本>（或 i=<数字>、g=<GUID>、b=<base64>）。
        a namespace is named by its URI (nsu=…), never by its index, which changes when the server restarts.
          命名空间请用 URI（nsu=…）表示，不要用序号：服务器重启后序号会变。
        expected names of fields with dots between them, and [n] behind an array, such as Motor.Temperatures[2].
          应为用点连接的字段名，数组后写 [n]，例如 Motor.Temperatures[2]。
        must not be negative.
          不能是负数。
        a deadband would hide steps of a {0}; it is for gauges only.
          死区会丢掉 {0} 的步进：只有 gauge 才有死区。
        format is for counters; other kinds take what the node has.
          format 只用于 counter；其他种类按节点自身的格式读取。
        a counter's resolution must be above 0.
          counter 的 resolution 必须大于 0。
        resolution × ratio has too many digits.
          resolution × ratio 的位数太多。
        none goes with policy None only; for {0} write sign or sign_and_encrypt.
          none 只能与 policy None 同用；{0} 请写 sign 或 sign_and_encrypt。
        policy None protects nothing; write mode none, or a policy such as Basic256Sha256.
          policy None 不作任何保护：请写 mode none，或选 Basic256Sha256 等策略。
        user is given too: keep one.
          已经写了 user：请只保留一个。
        there is no user beside it, so that it is not used.
          缺少同级的 user，密码不会用到。
        = URL of the server, such as opc.tcp://192.168.1.20:4840; it is dialled as written, whatever the server calls itself.
          服务器地址，例如 opc.tcp://192.168.1.20:4840；按所写地址连接，不管服务器自报什么名称。
        = Node of the value: nsu=<namespace URI>;s=<text>, or i=, g=, b= for other identifiers.
          数值所在节点：nsu=<命名空间 URI>;s=<文本>，其他标识用 i=、g=、b=。

        """;
}
