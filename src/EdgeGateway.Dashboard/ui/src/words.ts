import { codes } from './codes';

// Both languages, written side by side; terms as factories use them.

const table = {
  overview: ['总览', 'Overview'], units: ['产线', 'Units'], flow: ['能流', 'Energy flow'], heat: ['热力图', 'Heat map'], devices: ['设备', 'Devices'], events: ['事件', 'Events'], eventsAndAudit: ['事件与审计', 'Events and audit'], provenance: ['数据溯源', 'Where it comes from'],
  now: ['此刻', 'Now'], today: ['今日', 'Today'], yesterday: ['昨日', 'Yesterday'], month: ['本月', 'This month'], sameTime: ['较昨日同时段', 'against yesterday, same time'], noYesterday: ['昨日无数据', 'no data for yesterday'], target: ['目标', 'target'], overTarget: ['高于目标', 'over target'], underTarget: ['低于目标', 'under target'], onTarget: ['达到目标', 'on target'], byHour: ['今日逐时用电量', 'Electricity by hour, today'],
  power: ['有功功率', 'Active power'], energy: ['用电量', 'Electricity'], good: ['合格品', 'Good pieces'], scrap: ['不良品', 'Scrap'], perPiece: ['单位产品电耗', 'Electricity per good piece'], idleShare: ['待机能耗占比', 'Share used while idle'], coverage: ['数据覆盖率', 'Coverage'],
  pieces: ['件', 'pcs'], piece: ['件', 'piece'], unit: ['单元', 'Unit'], state: ['状态', 'State'], allUnits: ['全厂', 'Whole plant'],
  running: ['运行', 'running'], idle: ['待机', 'idle'], stopped: ['停机', 'stopped'], unknown: ['未知', 'unknown'], none: ['无', 'none'],
  exact: ['准确', 'exact'], estimated: ['估算', 'estimated'], lower_bound: ['下限值', 'at least'], of_bounds: ['由下限值求得', 'of lower bounds'], provisional: ['暂定', 'provisional'],
  exactMeans: ['两端均有连续的有效读数。', 'Both edges lie between neighbouring accepted readings.'],
  estimatedMeans: ['总量已知；某一端落在数据缺口内，按时间分摊为估算。', 'The energy is known; an edge lies in a gap, so its split over time is estimated.'],
  lower_boundMeans: ['至少为该值：计数器清零，或安装后的首个时段。', 'At least this much: a zeroed counter, or the first window after installation.'],
  of_boundsMeans: ['分子或分母只知下限（首个时段或计数器清零），比值仅供参考。', 'Numerator or denominator is only known from below: the first window, or a zeroed counter. Take the ratio as a hint.'],
  provisionalMeans: ['仍在等待数据，之后会发布修订值。', 'Data are still awaited; a revision will follow.'],
  noneMeans: ['没有数据。', 'Nothing is known.'],
  alarms: ['告警', 'Alarms'], noAlarms: ['一切正常', 'All is well'], since: ['自', 'since'],
  lost: ['与网关的连接已中断', 'Connection to the gateway lost'], lostSince: ['最后一次数据', 'last data'], retrying: ['正在重新连接…', 'trying again…'], connected: ['实时', 'live'], loading: ['正在读取…', 'reading…'], noData: ['此时段没有数据', 'no data in this span'],
  unverified: ['时钟未校验', 'clock unverified'],
  registers: ['电表与计数器', 'Meters and counters'], point: ['测点', 'Point'], t0: ['起始累计 T₀', 'Total at start T₀'], t1: ['结束累计 T₁', 'Total at end T₁'], step: ['寄存器步长', 'Register step'], ratio: ['变比 CT×PT', 'Ratio CT×PT'], amount: ['用量', 'Amount'], bound: ['误差界', 'Error bound'], epoch: ['表计期次', 'Register epoch'], basis: ['依据', 'Basis'], flags: ['标记', 'Flags'], window: ['时段', 'Window'], revision: ['修订号', 'Revision'], windowsUsed: ['所用时段记录', 'Window records used'], arithmetic: ['计算式', 'Arithmetic'], from: ['起', 'From'], to: ['止', 'To'], mean: ['均值', 'Mean'], min: ['最小', 'Min'], max: ['最大', 'Max'], last: ['末值', 'Last'], figures: ['指标', 'Figures'], reason: ['原因', 'Reason'],
  segments: ['分段', 'Segments'], batch: ['批次', 'Batch'], cut: ['分段原因', 'Cut for'], rows: ['所用系数', 'Factors used'], citation: ['出处', 'Source'], validFrom: ['生效日期', 'Valid from'], ofYear: ['数据年份', 'Of the year'], otherSet: ['记录所用版本与当前配置不同；命令 factors show 可列出其各行。', 'The records rest on another edition than the one in force; the command factors show prints its rows.'], notVerified: ['未核验', 'not verified'], region: ['地区', 'Region'], use: ['用途', 'Use'], derivation: ['推算', 'Worked out'],
  rest: ['未计量差额', 'Unmetered rest'], supply: ['进线', 'Supply'], restNote: ['上级表与下级表之差；任一输入为估算时不给出。', 'What the meter above counts and no meter below explains; not stated while an input is estimated.'],
  perHour: ['每小时用电量', 'Electricity by hour'], hour: ['时', 'h'], less: ['少', 'less'], more: ['多', 'more'], hatched: ['斜线：估算', 'hatched: estimated'], dashed: ['虚线：暂定', 'dashed: provisional'], gap: ['空白：无数据', 'blank: no data'],
  online: ['在线', 'online'], offline: ['无应答', 'silent'], roundTrip: ['往返时延', 'Round trip'], timeouts: ['超时', 'Timeouts'], exceptions: ['异常应答', 'Exceptions'], malformed: ['报文错误', 'Malformed'], lastAnswer: ['最近应答', 'Last answer'], quality: ['质量', 'Quality'], value: ['数值', 'Value'], raw: ['寄存器原文', 'Raw words'], register: ['寄存器读数', 'Register'], lastError: ['最近一次错误', 'last error'], poll: ['采集周期', 'Poll'], requests: ['请求', 'Requests'], responses: ['应答', 'Responses'], skipped: ['跳过周期', 'Skipped cycles'], stray: ['无主报文', 'Stray frames'],
  publishers: ['上传', 'Publishers'], backlog: ['待上传', 'Backlog'], records: ['记录', 'records'], telemetry: ['采样', 'telemetry'], eventsWord: ['事件', 'events'], accepted: ['已送达', 'Delivered'], rejected: ['被拒', 'Rejected'], quarantine: ['隔离区', 'Quarantine'], quarantineEmpty: ['没有被拒收的数据', 'nothing was refused'], box: ['网关本机', 'The box'], clock: ['时钟', 'Clock'], trusted: ['可信', 'trusted'], store: ['存储', 'Store'], pending: ['待写入', 'Pending'], memory: ['内存', 'Memory'], commits: ['提交', 'Commits'], version: ['版本', 'Version'], line: ['线路', 'Line'], up: ['已连接', 'connected'], down: ['已断开', 'down'],
  utilisation: ['线路占用', 'Line busy'], foreign: ['其他主站报文', 'Frames of other masters'], dialIns: ['被拒接入', 'Refused dial-ins'], sent: ['已发送', 'Sent'], received: ['已接收', 'Received'], meanTrip: ['平均', 'mean'], slowest: ['最慢', 'slowest'], second: ['重复应答（站号冲突）', 'Second answers (address used twice)'], otherErrors: ['其他错误', 'Other errors'], retried: ['重试', 'Retried'], passedOver: ['略过', 'Passed over'], failures: ['断线', 'Lines lost'],
  storeFailures: ['写入失败', 'Failed commits'], viewers: ['在线看板', 'Pages open'], dropped: ['因过慢断开', 'ended, too slow'], device: ['设备', 'Device'], everything: ['全部', 'All'], audit: ['操作审计', 'Audit'], trend: ['单耗趋势', 'Per piece'], windows: ['时段', 'by window'], shift: ['按班次', 'by shift'], '1d': ['按日', 'by day'], byBatch: ['按批次', 'by batch'], product: ['产品', 'Product'], notYet: ['首个班次、日或批次结束后给出。', 'The first one is stated when its shift, day or batch ends.'],
  byProduct: ['按产品', 'by product'], allProducts: ['不分产品', 'all products'], noProduct: ['未知产品', 'no known product'], productNote: ['同一时段各行之和即为该时段合计；产品取自单元的 product，或由开批次的产品测点得知。', 'The rows of a window add up to it. The product is the one that the unit makes, or that of the batch where one point says both.'], inAll: ['合计', 'In all'], last31: ['近 31 天', 'the last 31 days'],
  done: ['已执行：', 'Done:'], refused: ['未执行：', 'Not done:'], yes: ['确定', 'Yes'], no: ['取消', 'No'], actions: ['操作', 'Actions'], replay: ['重新发送', 'Send again'], replayAll: ['全部重新发送', 'Send all again'], drop: ['丢弃', 'Drop'], dropAll: ['全部丢弃', 'Drop all'], sureReplay: ['再次发送？', 'Send it once more?'], sureDrop: ['丢弃后目标将永远收不到，确定？', 'The target will never have it. Drop it?'],
  trustClock: ['本机时间正确', 'The clock is right'], sureTrust: ['已核对本机时间？', 'Have you compared it?'], reloadMap: ['重新加载配置', 'Reload the map'], reloadCheck: ['检查配置变更', 'What would a reload change?'], sureCheck: ['只检查，不改动。', 'It only looks.'], sureReload: ['按文件内容更新运行配置？', 'Put the map file in force?'],
  replaced: ['电表已更换…', 'The meter was replaced…'], replacedAt: ['更换时间（留空为此刻）', 'When (empty: now)'], finalReading: ['旧表止码', 'Last reading of the old one'], initialReading: ['新表起码', 'First reading of the new one'], notKnown: ['未知可不填', 'empty if not known'], newRatio: ['新表倍率（CT × PT）', 'Ratio of the new one (CT × PT)'], sameRatio: ['不变可不填', 'empty if it stays'], sayReplaced: ['登记换表', 'Say so'], replacedNote: ['累计量从新表继续，受影响的时段会重新给出；操作记入审计。', 'The total goes on with the new meter, windows since then are stated again, and the audit keeps who said it.'],
  users: ['用户与令牌', 'Users and tokens'], role: ['角色', 'Role'], kind: ['类型', 'Kind'], person: ['用户', 'person'], token: ['令牌', 'token'], viewer: ['访客', 'viewer'], operator: ['操作员', 'operator'], admin: ['管理员', 'admin'], usersNote: ['用户与令牌由本机命令 edgegateway users 增删，立即生效。', 'They are added and removed on the box, with edgegateway users, and obeyed at once.'], stream: ['数据流', 'Stream'], number: ['编号', 'Number'],
  ahead: ['超前', 'ahead by'], steps: ['跳变次数', 'steps'], deviceClock: ['设备时钟超前', 'device clock ahead by'], replacedTimes: ['被替换的时间', 'times replaced'],
  readings: ['采样', 'Readings'], withValue: ['有值', 'with a value'], withoutValue: ['无值', 'without'], oneOf: ['每段', 'a point for every'], tooMuch: ['数据过多，只读了一部分', 'too much to read: only a part is shown'],
  older: ['更早', 'Older'], time: ['时间', 'Time'], event: ['事件', 'Event'], subject: ['对象', 'Subject'], details: ['详情', 'Details'], noEvents: ['还没有事件', 'no events yet'],
  language: ['English', '中文'], theme: ['深色 / 浅色', 'Dark / light'], menu: ['页面', 'Pages'], local: ['当地时间', 'local time'], compare: ['对比', 'Compare'],
  login: ['登录', 'Log in'], logout: ['退出', 'Log out'], user: ['用户名', 'User'], password: ['密码', 'Password'], loginHint: ['本网关需要登录。用户由 edgegateway users add 建立。', 'This box asks for a login. Users are made with: edgegateway users add'],
  span_15m: ['15 分钟', '15 min'], span_1h: ['1 小时', '1 h'], span_8h: ['8 小时', '8 h'], span_24h: ['24 小时', '24 h'], span_7d: ['7 天', '7 d'], band: ['状态带', 'State band'],
} as const;

export type Word = keyof typeof table;
export type Language = 'zh' | 'en';

let language: Language = (localStorage.getItem('language') as Language | null) ?? (navigator.language.startsWith('zh') ? 'zh' : 'en');

export function currentLanguage(): Language { return language; }

export function setLanguage(next: Language): void {
  language = next;
  localStorage.setItem('language', next);
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
}

export function t(word: Word): string { return table[word][language === 'zh' ? 0 : 1]; }

/** The word of a code of the API, or the code itself where the page does not know it yet. */
export function code(word: string): string {
  const carrier = /^kgce_(.+)$/.exec(word)?.[1];
  if (!(word in codes) && carrier && carrier in codes) return `${code('kgce')} · ${code(carrier)}`;
  return codes[word]?.[language === 'zh' ? 0 : 1] ?? (word in table ? t(word as Word) : word.replaceAll('_', ' '));
}

/** The word of a flag of a record. */
export function flag(word: string): string { return `flag_${word}` in codes ? code(`flag_${word}`) : code(word); }

/** A unit of measure: pieces have a word of their own in each language. */
export function unitWord(unit: string): string { return unit.replace('piece', t('piece')); }

const exceptions: Record<string, string> = { 1: '不支持该功能码', 2: '寄存器地址不存在', 3: '数值或数量不允许', 4: '设备故障', 5: '已接收，处理中', 6: '设备忙', 8: '存储校验错误', 10: '网关通道不可用', 11: '网关下的设备无应答' };

/** What a driver says of a device or line: in English its very words, as in the log; in Chinese the usual ones. */
export function trouble(text: string): string {
  if (language === 'en') return text;
  const exception = /^exception (\d+)/.exec(text)?.[1];
  if (exception) return `异常应答 ${exception}${exceptions[exception] ? `：${exceptions[exception]}` : ''}`;
  if (text.startsWith('no answer within timeout')) return '超时无应答';
  if (text.startsWith('no answer within connect_timeout')) return '连接超时';
  if (text.startsWith('Connection refused')) return '连接被拒绝';
  if (text.startsWith('two answers to one request')) return '一次请求收到两个应答：可能有两台设备使用同一站号';
  return text;
}

/** What pieces are called: by the map, or simply pieces. */
export function itemWord(item: string): string { return item === 'piece' ? t('piece') : item; }
