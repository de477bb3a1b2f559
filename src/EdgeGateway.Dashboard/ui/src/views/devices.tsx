import type { Connection, Device, Devices, Publisher } from '../api';
import { fixed } from '../decimal';
import { useData } from '../live';
import { clock, full } from '../time';
import { code, t } from '../words';

const whole = (n: number): string => fixed(String(n), 0);

export function DevicesView() {
  const { data, error } = useData<Devices>('/api/v1/devices', 2000);
  if (!data) return <p class="soft">{error ?? t('loading')}</p>;
  const devices = data.connections.reduce((n, c) => n + c.devices.length, 0);
  return <>
    {data.connections.map(c => <ConnectionSheet key={c.name} connection={c} open={devices <= 6} />)}
    <section class="sheet"><h2>{t('publishers')}</h2><div class="scroll" tabIndex={0} role="group" aria-label={t('publishers')}><Publishers rows={data.publishers} /></div></section>
    <section class="sheet"><h2>{t('quarantine')}</h2>{data.quarantine.length === 0 ? <p class="soft">{t('quarantineEmpty')}</p> :
      <div class="scroll" tabIndex={0} role="group" aria-label={t('quarantine')}><table><tbody>{data.quarantine.map(q => <tr key={`${q.publisher}${q.stream}${q.id}`}><td>{q.publisher}</td><td>{q.stream}</td><td class="number">{q.id}</td><td>{full(new Date(q.at))}</td><td>{q.reason}</td></tr>)}</tbody></table></div>}</section>
    <Box devices={data} />
  </>;
}

function ConnectionSheet({ connection: c, open }: { connection: Connection; open: boolean }) {
  return <section class="sheet">
    <div class="row spread"><h1>{c.name} <span class="soft small">{c.driver}</span></h1><span class={`state ${c.connected ? 'running' : 'unknown'}`}>{c.connected ? t('up') : t('down')}</span></div>
    {c.last_error && <p class="error small">{c.last_error}</p>}
    <p class="small soft">{t('requests')} {whole(c.requests)} · {t('responses')} {whole(c.responses)} · {t('skipped')} {whole(c.skipped_cycles)} · {t('stray')} {whole(c.stray_frames)}</p>
    {c.devices.map(d => <DeviceTable key={d.name} device={d} open={open} />)}
  </section>;
}

function DeviceTable({ device: d, open }: { device: Device; open: boolean }) {
  return <details open={open || !d.online || undefined}>
    <summary class="row spread"><span class="row"><span class={`state ${d.online ? 'running' : 'unknown'}`}><b>{d.name}</b></span><span class="soft small">{d.template}</span></span>
      <span class="small soft figure">{d.online ? `${t('roundTrip')} ${fixed(d.round_trip_ms, 1)} ms` : t('offline')} · {t('timeouts')} {d.timeouts} · {t('exceptions')} {d.exceptions} · {t('malformed')} {d.malformed}{d.last_good && ` · ${t('lastAnswer')} ${clock(new Date(d.last_good))}`}</span></summary>
    {d.last_error && <p class="error small">{d.last_error}</p>}
    <div class="scroll" tabIndex={0} role="group" aria-label={d.name}><table>
      <thead><tr><th>{t('point')}</th><th class="number">{t('value')}</th><th class="number">{t('raw')}</th><th>{t('quality')}</th><th>{t('time')}</th><th class="number">{t('poll')}</th></tr></thead>
      <tbody>{d.points.map(p => <tr key={p.point}><td>{p.point}</td><td class="number"><span class="figure">{p.value === null ? '–' : p.kind === 'state' ? code(p.value) : p.value} <span class="soft">{p.unit}</span></span></td><td class="number code">{p.raw ?? ''}</td><td>{code(p.quality)}</td><td>{p.t && clock(new Date(p.t))}</td><td class="number">{p.poll}</td></tr>)}</tbody>
    </table></div>
  </details>;
}

function Publishers({ rows }: { rows: Publisher[] }) {
  return <table><thead><tr><th>{t('publishers')}</th><th>{t('line')}</th><th class="number">{t('backlog')}: {t('records')}</th><th class="number">{t('telemetry')}</th><th class="number">{t('eventsWord')}</th><th class="number">{t('accepted')}</th><th class="number">{t('rejected')}</th></tr></thead>
    <tbody>{rows.map(p => <tr key={p.name}><td>{p.name}</td><td><span class={`state ${p.connected ? 'running' : 'unknown'}`}>{p.connected ? t('up') : t('down')}</span>{p.last_error && <div class="error small">{p.last_error}</div>}</td>
      {['records', 'telemetry', 'events'].map(s => <td key={s} class="number">{p.backlog[s] === undefined ? '–' : whole(p.backlog[s]!)}</td>)}<td class="number">{whole(p.accepted)}</td><td class="number">{whole(p.rejected)}</td></tr>)}</tbody></table>;
}

function Box({ devices }: { devices: Devices }) {
  const b = devices.box;
  return <section class="sheet"><h2>{t('box')}</h2><dl class="keys">
    <dt>{t('clock')}</dt><dd>{b.clock_verified ? `${t('trusted')} (${b.clock_source})` : t('unverified')}</dd>
    <dt>{t('store')}</dt><dd>{b.store_fault ? <span class="error">{b.store_fault}</span> : `${t('commits')} ${whole(b.store_commits)} · ${t('records')} ${whole(b.store_records)} · ${t('pending')} ${b.store_pending}`}</dd>
    <dt>{t('memory')}</dt><dd>{(b.memory_bytes / 1048576).toFixed(0)} MiB</dd>
    {Object.entries(b.metering).filter(([, n]) => n > 0).map(([name, n]) => [<dt key={name}>{code('metering_' + name)}</dt>, <dd key={name + '='} class="figure">{whole(n)}</dd>])}
  </dl></section>;
}
