// node pages.js ADDRESS: every page in both languages and all sizes over the running demo.
import { check, end, launch, must, mustBeUsable, open, sizes } from './browser.js';

const address = process.argv[2];
const origin = `provenance?unit=line-1&from=${new Date(Date.now() - 600000).toISOString()}&to=${new Date().toISOString()}`;
const views = ['overview', 'units?unit=line-1', 'flow', 'heat?unit=line-1', 'devices', 'point?point=line-1-meter.power', 'point?point=line-1-meter.energy', 'events', origin];
const words = { overview: { zh: '今日', en: 'Today' }, units: { zh: '有功功率', en: 'Active power' }, flow: { zh: '未计量差额', en: 'Unmetered rest' }, heat: { zh: '每小时用电量', en: 'Electricity by hour' }, devices: { zh: '往返时延', en: 'Round trip' }, point: { zh: '有值', en: 'with a value' }, events: { zh: '时钟可信', en: 'Clock trusted' }, provenance: { zh: '所用系数', en: 'Factors used' } };
const api = async path => (await fetch(new URL(path, address))).json();
const browser = await launch();

for (const language of ['zh', 'en']) {
  for (const size of Object.keys(sizes)) {
    const page = await open(browser, address, { size, language, theme: size === 'wall' ? 'dark' : 'light', path: '#/overview' });
    for (const view of views) {
      const name = view.split('?')[0];
      await check(`${name} in ${language} on ${size}`, async () => {
        await page.evaluate(v => { location.hash = '#/' + v; }, view);
        await page.getByText(words[name][language]).first().waitFor();
        await page.waitForFunction(() => !/reading…|正在读取/.test(document.querySelector('main').textContent), null);
        const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        must(width[0] <= width[1] + 1, `the page is ${width[0]} wide in a window of ${width[1]}`);
      });
      if (size === 'desk') continue;
      await check(`${name} in ${language} on ${size} can be used by everybody`, () => mustBeUsable(page));
    }
    await check(`no complaint, no foreign host in ${language} on ${size}`, async () => {
      must(page.complaints.length === 0, page.complaints.join(' | '));
      must([...page.hosts].every(h => h === new URL(address).host), [...page.hosts].join(' '));
    });
    await page.context().close();
  }
}

await check('figures on the page are those of the API', async () => {
  const page = await open(browser, address, { path: '#/overview' });
  await page.locator('table').first().waitFor();
  // The page asks every five seconds: within a few tries both see the same window.
  for (let i = 0; ; i++) {
    const overview = await api('/api/v1/overview');
    const shown = (await page.locator('tbody tr').first().locator('td').nth(3).textContent()).replaceAll('\u202f', '');
    const exact = overview.units[0].today.carriers.electricity.value;
    const [whole, fraction = ''] = exact.split('.');
    const wanted = BigInt(whole + fraction.padEnd(2, '0').slice(0, 2));
    if ([0n, 1n].includes(BigInt(shown.replace('.', '')) - wanted)) break;
    must(i < 60, `the page says ${shown}, the API ${exact}`);
    await page.waitForTimeout(250);
  }
  await page.context().close();
});

/** Half-even to some places, worked out here on whole numbers: what the page has to show. */
function rounded(text, places) {
  const negative = text.startsWith('-'), [whole, fraction = ''] = text.replace('-', '').split('.');
  const digits = BigInt(whole + fraction), drop = fraction.length - places;
  let kept = drop <= 0 ? digits * 10n ** BigInt(-drop) : digits / 10n ** BigInt(drop);
  if (drop > 0) {
    const rest = digits % 10n ** BigInt(drop) * 2n, half = 10n ** BigInt(drop);
    if (rest > half || (rest === half && kept % 2n === 1n)) kept += 1n;
  }
  const shown = kept.toString().padStart(places + 1, '0');
  return (negative && kept > 0n ? '−' : '') + (places > 0 ? `${shown.slice(0, -places)}.${shown.slice(-places)}` : shown);
}
/** A share as a percentage, cut: what lacks a moment must not read 100. */
const cut = text => { const [whole, fraction = ''] = text.split('.'); const digits = (whole + fraction.padEnd(3, '0').slice(0, 3)).replace(/^0+(?=\d\d)/, ''); return `${digits.slice(0, -1) || '0'}.${digits.slice(-1)}%`; };
const plain = text => text.replace(/[\u202f\s]/g, '');
const figure = (sums, id) => sums.figures.find(f => f.id === id)?.quantity.value ?? null;

await check('every figure of the overview is the one of the API, digit by digit', async () => {
  const page = await open(browser, address, { path: '#/events' });
  const frozen = await api('/api/v1/overview');
  // One answer for the page and for this check, and no stream that is newer.
  await page.route('**/api/v1/overview', route => route.fulfill({ json: frozen }));
  await page.route('**/api/v1/stream', route => route.abort());
  await page.reload();
  await page.evaluate(() => { location.hash = '#/overview'; });
  await page.locator('tbody tr').nth(frozen.units.length - 1).waitFor();
  const rows = await page.locator('section[aria-label=Units] tbody tr').evaluateAll(all => all.map(r => [...r.children].map(c => c.textContent)));
  const or = (text, form) => text === null || text === undefined ? '–' : form(text);
  frozen.units.forEach((u, i) => {
    const live = frozen.now.units.find(l => l.unit === u.unit), t = u.today, [, , ...shown] = rows[i].map(c => plain(c).replace('≥', ''));
    const wanted = [live.power_kw === null ? shown[0] : rounded(live.power_kw, 1), or(t.carriers.electricity?.value, v => rounded(v, 2)), or(t.good?.value, v => rounded(v, 0)), or(t.scrap?.value, v => rounded(v, 0)),
      or(figure(t, 'kWh_per_good'), v => rounded(v, 4)), or(figure(t, 'idle_share'), v => `${rounded((Number(v) * 100).toFixed(9), 1)}%`), cut(t.coverage)];
    must(wanted.every((w, n) => w === shown[n]), `${u.unit}: the page shows ${shown.join(' ')}, the API says ${wanted.join(' ')}`);
  });
  const text = plain(await page.locator('main').textContent());
  for (const u of frozen.units.filter(u => u.parent === null)) {
    for (const [sums, places] of [[u.today, 2], [u.month, 1]]) {
      for (const value of [sums.carriers.electricity?.value, figure(sums, 'kgce'), figure(sums, 'kgCO2')]) must(value == null || text.includes(rounded(value, places)), `${value} is not shown as ${value && rounded(value, places)}`);
    }
  }
  for (const u of frozen.units.filter(u => u.today.good)) {
    for (const f of u.today.figures.filter(f => f.id.endsWith('_per_good') && f.quantity.value !== null)) must(text.includes(rounded(f.quantity.value, f.id === 'kWh_per_good' ? 4 : 5)), `${u.unit} ${f.id}: ${f.quantity.value} is not shown`);
  }
  await page.context().close();
});

await check('every figure of devices, flow and provenance is the one of the API', async () => {
  const page = await open(browser, address, { path: '#/overview' });
  // Three windows that are stated: the demo may have begun within this minute.
  let from, to, known;
  for (let looks = 0; looks < 60 && !(known?.good && known.scrap); looks++) {
    if (known) await page.waitForTimeout(1000);
    const end = Math.floor(Date.now() / 5000) * 5000 - 15000;
    [from, to] = [new Date(end - 15000).toISOString(), new Date(end).toISOString()];
    known = await api(`/api/v1/sums?unit=line-1&from=${from}&to=${to}`);
  }
  const answers = { '/api/v1/devices': await api('/api/v1/devices'), '/api/v1/flow': await api('/api/v1/flow?span=today'), '/api/v1/sums': known };
  for (const [path, json] of Object.entries(answers)) await page.route(url => url.pathname === path, route => route.fulfill({ json }));
  const shown = async (view, wait) => {
    await page.evaluate(v => { location.hash = '#/' + v; }, view);
    await page.getByText(wait).first().waitFor();
    return plain(await page.locator('main').textContent());
  };
  const all = (where, text, values) => { for (const v of values) must(text.includes(plain(v)), `${where} does not show ${v}`); };
  const devices = answers['/api/v1/devices'];
  all('devices', await shown('devices', 'Round trip'), [
    ...devices.connections.flatMap(c => [c.requests, c.responses, c.skipped_cycles, ...c.devices.flatMap(d => [d.timeouts, d.exceptions, d.malformed, rounded(d.round_trip_ms, 1), rounded(d.mean_round_trip_ms, 1), rounded(d.slowest_round_trip_ms, 1),
      ...d.points.flatMap(p => [p.kind === 'state' ? null : p.value, p.raw, p.words]).filter(v => v !== null)])]),
    ...devices.publishers.flatMap(p => [p.accepted, p.rejected, p.retried, p.skipped, p.failures, ...Object.values(p.backlog)]),
    devices.box.store_commits, devices.box.store_records, ...Object.values(devices.box.metering).filter(n => n > 0)].map(String));
  all('flow', await shown('flow', 'Unmetered rest'), answers['/api/v1/flow'].nodes.flatMap(n => [n.energy?.value, n.rest?.value]).filter(v => v != null).map(v => rounded(v, 2)));
  const sums = answers['/api/v1/sums'];
  all('provenance', await shown(`provenance?unit=line-1&from=${from}&to=${to}`, 'Meters and counters'), [
    ...Object.values(sums.carriers).map(q => rounded(q.value, 6)), rounded(sums.good.value, 0), rounded(sums.scrap.value, 0), rounded(sums.coverage, 6),
    ...sums.figures.filter(f => f.quantity.value !== null).map(f => rounded(f.quantity.value, 6)),
    ...sums.inputs.flatMap(i => [i.t0, i.t1, i.step, i.ratio, i.amount, i.bound ?? i.amount]), ...sums.sets.flatMap(s => [s.stamp, ...s.rows.flatMap(r => [r.value, r.from, String(r.year)])])]);
  await page.context().close();
});

await check('a figure opens to its registers, and their arithmetic holds', async () => {
  const page = await open(browser, address, { path: '#/overview' });
  await page.locator('tbody tr').nth(1).locator('td').nth(3).locator('a').click();
  await page.getByText('line-1-meter.energy').waitFor();
  const line = await page.locator('dd', { hasText: '÷ 65536' }).first().textContent();
  const [, t1, t0, step, ratio, amount] = /\((-?\d+) − (-?\d+)\) ÷ 65536 × ([\d.]+) × ([\d.]+).* = ([\d.]+)/.exec(line);
  const exact = Number(BigInt(t1) - BigInt(t0)) / 65536 * Number(step) * Number(ratio);
  must(Math.abs(exact - Number(amount)) < 1e-6, `${line}: ${exact}`);
  await page.context().close();
});

await check('coal and carbon open to the rows they rest on', async () => {
  const page = await open(browser, address, { path: '#/overview' });
  await page.locator('tbody tr').nth(1).locator('td').nth(3).locator('a').click();
  await page.getByText('Factors used').waitFor();
  await page.locator('td.cite', { hasText: '2589' }).first().waitFor();
  await page.context().close();
});

await check('today is drawn by the hour, and a line is held against its target', async () => {
  const page = await open(browser, address, { path: '#/overview' });
  await page.locator('.hour').nth(23).waitFor();
  const bars = await page.locator('.hour .today').evaluateAll(all => all.filter(b => b.getBoundingClientRect().height > 0).length);
  must(bars >= 1, 'no hour has a bar');
  await page.getByText('target 0.0120').first().waitFor();
  await page.context().close();
});

await check('shifts, days and batches are listed, the newest first, against the target', async () => {
  const page = await open(browser, address);
  await page.route('**/api/v1/gateway', async route => {
    const body = await (await route.fetch()).json();
    await route.fulfill({ json: { ...body, windows: [...body.windows, 'shift', '1d', 'batch'] } });
  });
  await page.route('**/api/v1/history*', async route => {
    const kind = new URL(route.request().url()).searchParams.get('kind');
    if (!['shift', '1d', 'batch'].includes(kind)) return route.continue();
    await route.fulfill({ json: { unit: 'line-1', kind, from: '', to: '', truncated: false, start_s: [1795392000, 1795420800], length_s: [28800, 28800], window_id: ['2026-11-23/early', '2026-11-23/late'], kwh: ['120.000000', '90.000000'], basis: ['exact', 'exact'], good: ['10000', '10000'],
      coverage: ['1', '0.990000'], power_mean_kw: [null, null], power_min_kw: [null, null], power_max_kw: [null, null], state_s: [[0, 0, 0, 0], [0, 0, 0, 0]], figures: { kWh_per_good: ['0.015000', '0.009000'] } } });
  });
  await page.evaluate(() => { location.hash = '#/units?unit=line-1'; });
  await page.reload();
  const table = page.locator('section', { hasText: 'Per piece' }).last().locator('tbody tr');
  await table.first().waitFor();
  const rows = await table.allTextContents();
  must(rows.length === 2 && rows[0].includes('2026-11-23/late') && rows[0].includes('−25.0') && rows[1].includes('+25.0') && rows[0].includes('99.0'), rows.join(' | '));
  await page.getByRole('button', { name: 'by batch' }).click();
  await table.first().waitFor();
  await page.context().close();
});

await check('by shift and by product: what each took in all and shift by shift, in both languages', async () => {
  const q = (value, unit, basis = 'exact') => ({ value, unit, basis, bound: null, reason: value === null ? 'no_output' : null });
  const sums = (kwh, good, per, coal, coalPer, basis) => ({ unit: '', from: '', to: '', carriers: { electricity: q(kwh, 'kWh') }, good: q(good, 'piece'), scrap: null, figures: [{ id: 'kWh_per_good', quantity: q(per, 'kWh/piece', basis) }, { id: 'kgce', quantity: q(coal, 'kgce', basis) }, { id: 'kgce_per_good', quantity: q(coalPer, 'kgce/piece', basis) }], state_seconds: {}, energy_by_state: {}, coverage: '1', flags: [], windows: { shift: 1 }, inputs: [], sets: [] });
  const row = (product, start, id, ...s) => ({ product, units: ['line-1'], start_s: start, length_s: 43200, window_id: id, sums: sums(...s) });
  const day = ['90.000000', '9000', '0.010000', '11.061000', '0.001229'], nothing = ['3.000000', '0', null, '0.368700', null], night = ['60.000000', '4000', '0.015000', '7.374000', '0.001844', 'estimated'];
  for (const [language, words] of [['en', { by: 'by product', none: 'no known product', add: 'add up' }], ['zh', { by: '按产品', none: '未知产品', add: '之和' }]]) {
    const page = await open(browser, address, { language });
    const asked = [];
    await page.route('**/api/v1/products*', async route => {
      asked.push(new URL(route.request().url()).searchParams.get('kind'));
      await route.fulfill({ json: { unit: 'line-1', kind: 'shift', from: '', to: '', truncated: false,
        rows: [row('bracket', 1795392000, '2026-11-23/day', ...day), row(null, 1795392000, '2026-11-23/day', ...nothing), row('hinge', 1795435200, '2026-11-23/night', ...night)],
        totals: [{ product: 'bracket', units: ['line-1'], sums: sums(...day) }, { product: 'hinge', units: ['line-1'], sums: sums(...night) }, { product: null, units: ['line-1'], sums: sums(...nothing) }] } });
    });
    await page.evaluate(() => { location.hash = '#/units?unit=line-1'; });
    await page.getByRole('button', { name: words.by }).click();
    const table = page.getByRole('group', { name: words.by, exact: true }).locator('tbody tr');
    await table.nth(2).waitFor();
    const rows = await table.allTextContents();
    must(rows[0].includes('hinge') && rows[0].includes('2026-11-23/night') && rows[0].includes('0.0150'), rows.join(' | '));
    must(rows[1].includes(words.none) && rows[2].includes('bracket') && rows[2].includes('0.0100') && rows[2].includes('90.00'), rows.join(' | '));
    must(await table.first().locator('.figure.estimated').count() > 0, 'an estimate is drawn as exact');
    await page.getByText(words.add).first().waitFor();
    await page.locator('section', { has: page.getByRole('button', { name: words.by }) }).getByRole('button', { name: 'kgce', exact: true }).click();
    const coal = page.locator('section[aria-label] table.named tbody tr');
    await coal.filter({ hasText: '11.061' }).waitFor();
    const charged = await coal.allTextContents();
    must(charged[0].includes('7.374') && charged[0].includes('0.0018') && charged[1].includes('0.369') && charged[2].includes('0.0012') && charged[2].includes('90.00'), charged.join(' | '));
    must(asked[0] === 'shift', asked.join(' '));
    must(page.complaints.length === 0, page.complaints.join(' | '));
    await page.context().close();
  }
});

await check('the products of the plant are asked of the gateway itself, and what is not over yet is said', async () => {
  const page = await open(browser, address, { path: '#/units?unit=workshop' });
  await page.getByText('The first one is stated when its shift').waitFor();
  const products = await api('/api/v1/products?unit=workshop&kind=15m');
  must(Array.isArray(products.rows) && products.kind === '15m', JSON.stringify(products).slice(0, 200));
  await page.context().close();
});

await check('raw words stand beside every value, in both languages', async () => {
  for (const [language, heading] of [['en', 'Raw words'], ['zh', '寄存器原文']]) {
    const page = await open(browser, address, { language, path: '#/devices' });
    await page.getByText(heading).first().waitFor();
    const cells = page.locator('table.points tbody tr td:nth-child(3)');
    for (let i = 0; ; i++) {
      const texts = await cells.allTextContents();
      if (texts.length >= 13 && texts.filter(x => /^[0-9A-F]{4}( [0-9A-F]{4})*( = \d+)?$/.test(x)).length >= texts.length - 1) break;
      must(i < 120, texts.join(' | '));
      await page.waitForTimeout(250);
    }
    await page.context().close();
  }
});

await check('an alarm says what to do, in both languages', async () => {
  for (const [language, words] of [['en', 'Check its power'], ['zh', '检查供电']]) {
    const page = await open(browser, address, { language });
    // A stream that speaks no more: what the overview says is shown.
    await page.route('**/api/v1/stream', route => route.abort());
    await page.route('**/api/v1/overview', async route => {
      const body = await (await route.fetch()).json();
      body.now.alarms = [{ code: 'device_silent', severity: 'fault', subject: 'press', detail: 'timeout', text: 'press does not answer: timeout Check its power, address and wiring.', since: 1795392000000000 }];
      await route.fulfill({ json: body });
    });
    await page.reload();
    await page.locator('.alarms li', { hasText: words }).waitFor();
    await page.context().close();
  }
});

await check('the audit holds only what operators said', async () => {
  const page = await open(browser, address, { path: '#/events' });
  await page.locator('tbody tr').first().waitFor();
  await page.getByRole('button', { name: 'Audit' }).click();
  await page.getByText('no events yet').waitFor();
  await page.context().close();
});

await check('a day at one minute draws within 200 ms', async () => {
  const page = await open(browser, address, { path: '#/overview' });
  await page.route('**/api/v1/history*', async route => {
    // The trend below asks for its shifts.
    if (new URL(route.request().url()).searchParams.has('kind')) return route.continue();
    const n = 1440, start = Math.floor(Date.now() / 60000) * 60 - n * 60;
    const column = f => Array.from({ length: n }, (_, i) => f(i));
    await route.fulfill({ json: { unit: 'line-1', kind: '1m', from: '', to: '', truncated: false, start_s: column(i => start + i * 60), length_s: column(() => 60), window_id: column(() => ''), kwh: column(i => (0.5 + 0.1 * Math.sin(i / 60)).toFixed(6)),
      basis: column(i => i % 97 === 0 ? 'estimated' : 'exact'), good: column(() => '10'), coverage: column(() => '1'), power_mean_kw: column(i => 30 + 6 * Math.sin(i / 60)), power_min_kw: column(() => 20), power_max_kw: column(() => 40),
      state_s: column(() => [40, 20, 0, 0]), figures: { kWh_per_good: column(i => (0.05 + 0.01 * Math.sin(i / 60)).toFixed(6)) } } });
  });
  const draw = async () => {
    await page.evaluate(() => { location.hash = '#/overview'; });
    await page.getByText('Whole plant').or(page.getByText('Alarms')).first().waitFor();
    await page.evaluate(() => {
      window.drawn = new Promise(done => {
        let begin = 0;
        const parse = Response.prototype.text;
        Response.prototype.text = async function () { const text = await parse.call(this); if (this.url.includes('/history')) begin ||= performance.now(); return text; };
        new MutationObserver((_, watch) => {
          if (document.querySelectorAll('.uplot canvas').length < 3) return;
          watch.disconnect();
          requestAnimationFrame(() => setTimeout(() => { Response.prototype.text = parse; done(performance.now() - begin); }));
        }).observe(document.body, { childList: true, subtree: true });
      });
      location.hash = '#/units?unit=line-1&span=24h';
    });
    return page.evaluate(() => window.drawn);
  };
  // The machine has other things to do as well: the best of five counts.
  const times = [];
  for (let i = 0; i < 5; i++) times.push(await draw());
  console.log(`# a day at one minute: ${times.map(t => t.toFixed(0)).join(', ')} ms`);
  must(Math.min(...times) < 200, `${Math.min(...times)} ms`);
  await page.context().close();
});

await check('hostile names stay text', async () => {
  const page = await open(browser, address);
  const evil = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>"\'&';
  await page.route('**/api/v1/devices', async route => {
    const body = await (await route.fetch()).json();
    const [connection] = body.connections;
    [connection.name, connection.last_error, connection.devices[0].name, connection.devices[0].last_error, connection.devices[0].points[0].point, connection.devices[0].points[0].value] = Array(6).fill(evil);
    await route.fulfill({ json: body });
  });
  await page.route('**/api/v1/events*', route => route.fulfill({ json: { events: [{ id: 1, event: evil, at: new Date().toISOString(), subject: evil, details: { [evil]: evil } }], before: null } }));
  for (const view of ['devices', 'events']) {
    await page.evaluate(v => { location.hash = '#/' + v; }, view);
    await page.getByText(evil).first().waitFor();
    must(await page.evaluate(() => !window.hurt && !document.querySelector('main img, main script')), `a name became markup on ${view}`);
  }
  must(page.complaints.length === 0, page.complaints.join(' | '));
  await page.context().close();
});

await browser.close();
end();
