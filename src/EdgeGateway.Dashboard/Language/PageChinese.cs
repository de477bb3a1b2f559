namespace EdgeGateway.Dashboard.Language;

/// <summary>What page and API refuse, in Chinese.</summary>
internal static class PageChinese
{
    public const string Messages = """
        = viewer
          访客
        = operator
          操作员
        = admin
          管理员
        = none
          不带参数
        span: '{0}' is none of today, yesterday, month.
          span：“{0}”不是 today、yesterday 或 month。
        There is no such window.
          没有这个时段。
        There is no point '{0}'; /api/v1/devices lists them.
          没有测点“{0}”；/api/v1/devices 可列出测点。
        There is no unit '{0}'; /api/v1/gateway lists them.
          没有单元“{0}”；/api/v1/gateway 可列出单元。
        days: expected 1 to {0}.
          days：应为 1 到 {0}。
        Samples are told for at most 6 h at a time; /api/v1/history has windows of any span.
          采样一次至多查询 6 小时；/api/v1/history 可查询任意范围的时段。
        The parameter {0} is missing.
          缺少参数 {0}。
        kind: '{0}' is no window; expected one such as 1m, 15m, 1h or 1d.
          kind：“{0}”不是时段类型；应为 1m、15m、1h、1d 等。
        {0}: '{1}' is no time; expected ISO 8601 such as 2026-11-24T00:00:00Z.
          {0}：“{1}”不是时间；请按 ISO 8601 书写，例如 2026-11-24T00:00:00Z。
        from must lie before to.
          from 必须早于 to。
        A span is at most 400 days.
          时间范围至多 400 天。
        {0}: '{1}' is no number.
          {0}：“{1}”不是数字。
        This gateway has no command '{0}'.
          本网关没有命令“{0}”。
        Expected an object of short texts, such as {} or {"publisher": "platform"}.
          请求内容应为由短文本组成的对象，例如 {} 或 {"publisher": "platform"}。
        There is no argument '{0}'; {1} takes {2}.
          没有参数“{0}”；{1} 的参数：{2}。
        {0} failed: {1}
          {0} 执行失败：{1}
        There are {0} live readers already.
          实时连接已达 {0} 个。
        Log in first, or bring a token: Authorization: Bearer ….
          请先登录，或使用令牌：Authorization: Bearer …。
        Without a login the page only shows. Use the command line on the box, or open the page with a certificate and users: docs/page.md.
          不登录时页面只能查看。请在本机使用命令行，或为页面配置证书和用户（见 docs/page.zh-CN.md）。
        {0} is {1}; this is for {2} and above.
          {0} 的角色是{1}；此操作需要{2}及以上。
        The request does not come from a page that is logged in.
          请求不是来自已登录的页面。
        Log in first.
          请先登录。
        There is no login on loopback.
          本机访问不需要登录。
        Expected {"user": …, "password": …}.
          请求内容应为 {"user": …, "password": …}。
        Too many failed logins; try again in {0} s.
          登录失败次数过多：请在 {0} 秒后重试。
        Too many logins at once; try again in {0} s.
          同时登录的人过多：请在 {0} 秒后重试。
        User or password is wrong.
          用户名或密码错误。
        A defect of the gateway; its log says more.
          网关内部错误，详见日志。
        This box is not asked for under that name; add it to dashboard.hosts of the map, or use its address.
          本网关不接受以该名称访问：请在配置的 dashboard.hosts 中加入该名称，或使用其地址。
        Requests that change something are taken from the gateway's own page only.
          改动类请求只接受来自网关自己的页面。
        There is nothing here.
          此处没有内容。

        """;
}
