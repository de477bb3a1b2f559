// Both languages, written side by side; terms as factories use them.

const table = {
  overview: ['总览', 'Overview'], units: ['产线', 'Units'], flow: ['能流', 'Energy flow'], heat: ['热力图', 'Heat map'], devices: ['设备', 'Devices'], events: ['事件', 'Events'], provenance: ['数据溯源', 'Where it comes from'],
  now: ['此刻', 'Now'], today: ['今日', 'Today'], yesterday: ['昨日', 'Yesterday'], month: ['本月', 'This month'], sameTime: ['较昨日同时段', 'against yesterday, same time'], noYesterday: ['昨日无数据', 'no data for yesterday'],
  power: ['有功功率', 'Active power'], energy: ['用电量', 'Electricity'], good: ['合格品', 'Good pieces'], scrap: ['不良品', 'Scrap'], perPiece: ['单位产品电耗', 'Electricity per good piece'], idleShare: ['待机能耗占比', 'Share used while idle'], coverage: ['数据覆盖率', 'Coverage'],
  pieces: ['件', 'pcs'], piece: ['件', 'piece'], unit: ['单元', 'Unit'], state: ['状态', 'State'], allUnits: ['全厂', 'Whole plant'],
  running: ['运行', 'running'], idle: ['待机', 'idle'], stopped: ['停机', 'stopped'], unknown: ['未知', 'unknown'], none: ['无', 'none'],
  exact: ['准确', 'exact'], estimated: ['估算', 'estimated'], lower_bound: ['下限值', 'at least'], provisional: ['暂定', 'provisional'],
  exactMeans: ['两端均有连续的有效读数。', 'Both edges lie between neighbouring accepted readings.'],
  estimatedMeans: ['总量已知；某一端落在数据缺口内，按时间分摊为估算。', 'The energy is known; an edge lies in a gap, so its split over time is estimated.'],
  lower_boundMeans: ['至少为该值：计数器清零，或安装后的首个时段。', 'At least this much: a zeroed counter, or the first window after installation.'],
  provisionalMeans: ['仍在等待数据，之后会发布修订值。', 'Data are still awaited; a revision will follow.'],
  noneMeans: ['没有数据。', 'Nothing is known.'],
  alarms: ['告警', 'Alarms'], noAlarms: ['一切正常', 'All is well'], since: ['自', 'since'],
  lost: ['与网关的连接已中断', 'Connection to the gateway lost'], lostSince: ['最后一次数据', 'last data'], retrying: ['正在重新连接…', 'trying again…'], connected: ['实时', 'live'], loading: ['正在读取…', 'reading…'], noData: ['此时段没有数据', 'no data in this span'],
  unverified: ['时钟未校验', 'clock unverified'],
  registers: ['电表与计数器', 'Meters and counters'], point: ['测点', 'Point'], t0: ['起始累计 T₀', 'Total at start T₀'], t1: ['结束累计 T₁', 'Total at end T₁'], step: ['寄存器步长', 'Register step'], ratio: ['变比 CT×PT', 'Ratio CT×PT'], amount: ['用量', 'Amount'], bound: ['误差界', 'Error bound'], epoch: ['表计期次', 'Register epoch'], basis: ['依据', 'Basis'], flags: ['标记', 'Flags'], window: ['时段', 'Window'], revision: ['修订号', 'Revision'], windowsUsed: ['所用时段记录', 'Window records used'], arithmetic: ['计算式', 'Arithmetic'], from: ['起', 'From'], to: ['止', 'To'], mean: ['均值', 'Mean'], min: ['最小', 'Min'], max: ['最大', 'Max'], last: ['末值', 'Last'], figures: ['指标', 'Figures'], reason: ['原因', 'Reason'],
  rest: ['未计量差额', 'Unmetered rest'], supply: ['进线', 'Supply'], restNote: ['上级表与下级表之差；任一输入为估算时不给出。', 'What the meter above counts and no meter below explains; not stated while an input is estimated.'],
  perHour: ['每小时用电量', 'Electricity by hour'], hour: ['时', 'h'], less: ['少', 'less'], more: ['多', 'more'], hatched: ['斜线：估算', 'hatched: estimated'], dashed: ['虚线：暂定', 'dashed: provisional'], gap: ['空白：无数据', 'blank: no data'],
  online: ['在线', 'online'], offline: ['无应答', 'silent'], roundTrip: ['往返时延', 'Round trip'], timeouts: ['超时', 'Timeouts'], exceptions: ['异常应答', 'Exceptions'], malformed: ['报文错误', 'Malformed'], lastAnswer: ['最近应答', 'Last answer'], quality: ['质量', 'Quality'], value: ['数值', 'Value'], raw: ['寄存器值', 'Register'], poll: ['采集周期', 'Poll'], requests: ['请求', 'Requests'], responses: ['应答', 'Responses'], skipped: ['跳过周期', 'Skipped cycles'], stray: ['无主报文', 'Stray frames'],
  publishers: ['上传', 'Publishers'], backlog: ['待上传', 'Backlog'], records: ['记录', 'records'], telemetry: ['采样', 'telemetry'], eventsWord: ['事件', 'events'], accepted: ['已送达', 'Delivered'], rejected: ['被拒', 'Rejected'], quarantine: ['隔离区', 'Quarantine'], quarantineEmpty: ['没有被拒收的数据', 'nothing was refused'], box: ['网关本机', 'The box'], clock: ['时钟', 'Clock'], trusted: ['可信', 'trusted'], store: ['存储', 'Store'], pending: ['待写入', 'Pending'], memory: ['内存', 'Memory'], commits: ['提交', 'Commits'], version: ['版本', 'Version'], line: ['线路', 'Line'], up: ['已连接', 'connected'], down: ['已断开', 'down'],
  older: ['更早', 'Older'], time: ['时间', 'Time'], event: ['事件', 'Event'], subject: ['对象', 'Subject'], details: ['详情', 'Details'], noEvents: ['还没有事件', 'no events yet'],
  language: ['English', '中文'], theme: ['深色 / 浅色', 'Dark / light'], menu: ['页面', 'Pages'], local: ['当地时间', 'local time'], compare: ['对比', 'Compare'],
  login: ['登录', 'Log in'], logout: ['退出', 'Log out'], user: ['用户名', 'User'], password: ['密码', 'Password'], loginHint: ['本网关需要登录。用户由 edgegateway users add 建立。', 'This box asks for a login. Users are made with: edgegateway users add'],
  span_15m: ['15 分钟', '15 min'], span_1h: ['1 小时', '1 h'], span_8h: ['8 小时', '8 h'], span_24h: ['24 小时', '24 h'], span_7d: ['7 天', '7 d'], trend: ['趋势', 'Trend'], band: ['状态带', 'State band'],
} as const;

const codes: Record<string, [string, string]> = {
  store_refuses: ['存储无法写入，数据暂存内存', 'The store cannot write; data wait in memory'], clock_awaited: ['时钟尚未可信，时段记录待其就绪后开始', 'The clock is not trusted yet; window records begin once it is'], clock_unverified: ['本机时钟无人作证，记录带有 clock_unverified 标记', 'Nobody vouches for this clock; records say clock_unverified'], clock_ahead: ['网关时间超前，正放慢十分之一追平，期间记录带有 clock_unverified 标记', 'The time in use is ahead and runs a tenth slower until it agrees; records say clock_unverified meanwhile'], foreign_store: ['存储来自另一台机器，暂停上传；若原机已停用，执行 edgegateway adopt', 'The store was made on another machine: nothing is published. If that one is gone: edgegateway adopt'],
  connection_down: ['线路不通：检查供电、接线与地址', 'No line: check power, cable and address'], device_silent: ['设备无应答：检查供电、站号与接线', 'Device does not answer: check power, address and wiring'], publisher_down: ['上传目标未连接，数据保留在本机', 'Target not connected; data wait in the store'], ingest_stuck: ['采集主循环停滞，请重启并上报', 'Ingest stands still; restart and report it'],
  rollover: ['计数器翻转', 'Rollover'], glitch: ['瞬时异常值', 'Glitch'], reset: ['计数器复位', 'Counter reset'], discontinuity: ['读数跳变', 'Discontinuity'], zeroed_by_shift: ['按班清零', 'Zeroed by shift'], suspect: ['可疑读数', 'Suspect value'], late: ['迟到数据', 'Late sample'], started: ['网关启动', 'Gateway started'], clock_step: ['时钟跳变', 'Clock step'], clock_trusted: ['时钟可信', 'Clock trusted'], clock_doubted: ['时钟已一天无人作证', 'Clock no longer vouched for'], followed: ['是否跟随', 'followed'],
  reset_retracted: ['复位撤销', 'Reset taken back'], meter_replaced: ['换表', 'Meter replaced'], word_refused: ['指令未执行', 'Word not followed'], batch_began: ['批次开始', 'Batch began'], batch_ended: ['批次结束', 'Batch ended'], ratio_corrected: ['倍率更正', 'Ratio corrected'], period_closed: ['报告期关闭', 'Period closed'], batch: ['批次', 'batch'], adjustment: ['调整', 'Adjustment'], deviation_kWh: ['电表与功率积分之差', 'Registers less integrated power'], storage: ['储能', 'store'],
  timeout: ['超时', 'timeout'], exception: ['异常应答', 'exception'], out_of_range: ['超出范围', 'out of range'], sentinel: ['无效标志值', 'not available'], stale: ['数值不更新', 'stale'], disconnected: ['未连接', 'disconnected'], bad: ['无效', 'bad'], uncertain: ['不确定', 'uncertain'], awaited: ['等待首个读数', 'awaited'], good: ['有效', 'good'], gap: ['数据缺口', 'Gap'],
  missing: ['有缺失电量', 'energy missing'], ambiguous: ['翻转次数不确定', 'wraps uncertain'], coarse: ['分辨率偏粗', 'coarse'], no_output: ['无产出', 'no output'], below_min_pieces: ['件数过少', 'too few pieces'], coverage: ['覆盖率不足', 'too little coverage'], estimated_input: ['输入为估算', 'an input is estimated'], no_data: ['无数据', 'no data'],
  metering_accepted: ['计入的计数器读数', 'Counter samples accepted'], metering_bad: ['无效读数', 'Samples without a value'], metering_suspects: ['可疑读数', 'Suspects'], metering_glitches: ['瞬时异常', 'Glitches'], metering_resets: ['复位与跳变', 'Resets and discontinuities'], metering_rollovers: ['翻转', 'Rollovers'], metering_gaps: ['数据缺口', 'Gaps'], metering_late: ['迟到', 'Late'], metering_closed: ['首次给出的时段', 'Windows stated'], metering_provisional: ['暂定时段', 'Provisional windows'], metering_reissued: ['修订时段', 'Windows stated again'], operator: ['操作员指令', "Operator's word"], verb: ['动作', 'verb'], by: ['操作人', 'by'], about: ['针对时间', 'about'], seconds: ['秒', 'seconds'], source: ['来源', 'source'],
  kgce: ['综合能耗（标准煤）', 'Coal equivalent'], kgCO2: ['碳排放', 'Carbon dioxide'], scope1_kgCO2: ['直接排放（范围一）', 'Scope 1'], scope2_location_kgCO2: ['外购电热排放（位置法）', 'Scope 2, location-based'], scope2_market_kgCO2: ['外购电热排放（市场法）', 'Scope 2, market-based'], footprint_kgCO2e: ['产品碳足迹', 'Product footprint'], output_value_CNY: ['产值', 'Output value'], value_added_CNY: ['增加值', 'Value added'],
  kgce_per_good: ['单位产品综合能耗', 'Coal equivalent per good piece'], kgce_per_total: ['单位产品综合能耗（含不良品）', 'Coal equivalent per piece'], kgCO2_per_good: ['单位产品碳排放', 'Carbon dioxide per good piece'], kgCO2_per_total: ['单位产品碳排放（含不良品）', 'Carbon dioxide per piece'], footprint_kgCO2e_per_good: ['单位产品碳足迹', 'Footprint per good piece'], kWh_per_10k_CNY_output: ['单位产值电耗', 'kWh per 10⁴ CNY of output'], kWh_per_10k_CNY_added: ['单位增加值电耗', 'kWh per 10⁴ CNY added'], kgce_per_10k_CNY_output: ['单位产值综合能耗', 'kgce per 10⁴ CNY of output'], kgce_per_10k_CNY_added: ['单位增加值综合能耗', 'kgce per 10⁴ CNY added'], kgCO2_per_10k_CNY_output: ['单位产值碳排放', 'kgCO2 per 10⁴ CNY of output'], kgCO2_per_10k_CNY_added: ['单位增加值碳排放', 'kgCO2 per 10⁴ CNY added'],
  natural_gas: ['天然气', 'Natural gas'], steam: ['蒸汽', 'Steam'], compressed_air: ['压缩空气', 'Compressed air'], water: ['新水', 'Water'], heat: ['热力', 'Heat'],
  kWh_per_good: ['单位合格品电耗', 'kWh per good piece'], kWh_per_total: ['单位产品电耗（含不良品）', 'kWh per piece, scrap included'], idle_share: ['待机能耗占比', 'Share used while idle'], unmetered_kWh: ['未计量差额', 'Unmetered rest'], electricity: ['电力', 'Electricity'], purchased: ['外购', 'purchased'], generated: ['自发', 'generated'], internal: ['内部', 'internal'], scrap: ['不良品', 'scrap'],
};

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
  return codes[word]?.[language === 'zh' ? 0 : 1] ?? (word in table ? t(word as Word) : word.replaceAll('_', ' '));
}
