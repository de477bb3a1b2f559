using EdgeGateway.Pipeline.Publishing.Choosing;

namespace EdgeGateway.Publishers.Influx.Options;

/// <summary>Messages of this publisher about maps, in Chinese.</summary>
internal static class InfluxChinese
{
    public const string Messages = ChoiceChinese.Messages + """
        there is no username beside it.
          缺少同级的 username。
        there is no client_certificate beside it.
          缺少同级的 client_certificate。
        there is no client_key beside it.
          缺少同级的 client_key。
        only an https:// url uses certificates.
          只有 https:// 地址才用证书。
        version {0} needs a {1} beside it.
          version {0} 需要同级的 {1}。
        version {0} has no such thing; check version.
          version {0} 没有此项：请检查 version。
        expected http://host:8086 or https://host:8086.
          应为 http://主机:8086 或 https://主机:8086。
        '{0}://' is neither http:// nor https://
          “{0}://”不是 http:// 或 https://
        '{0}://' is neither http:// nor https://.
          “{0}://”不是 http:// 或 https://。
        a user does not belong into the url; give token, or username and password, as options of their own.
          用户名不要写在 url 里：请用 token，或 username 和 password。
        '{0}' is not {1}://host or {1}://host:port.
          “{0}”不是 {1}://主机 或 {1}://主机:端口。
        nothing may follow the path; database, bucket and org are options of their own.
          路径后面不能有内容；database、bucket、org 请单独写。
        leave out the path of the write; version says which one is used.
          不要写写入接口的路径：由 version 决定。
        = The database; a path may follow. https is TLS: its certificate is always verified.
          数据库地址，后面可带路径。https 即 TLS，始终校验证书。
        = Which write API to speak: that of InfluxDB 1 (database, username and password), 2 (org, bucket and token; VictoriaMetrics too) or 3 (database and token).
          写入接口的版本：InfluxDB 1（database、username、password）、2（org、bucket、token；VictoriaMetrics 同）或 3（database、token）。

        """;
}
