import type { Connection, Device, Devices, Publisher } from '../api';
import { fixed, percent } from '../decimal';
import { Act } from '../action';
import { useData } from '../live';
import { may, useSession, type SessionInfo } from '../session';
import { clock, full } from '../time';
import { code, t, trouble, unitWord } from '../words';

const whole = (n: number): string => fixed(String(n), 0);
const bytes = (n: number): string => n < 10_000 ? `${whole(n)} B` : n < 10_000_000 ? `${(n / 1000).toFixed(0)} kB` : `${(n / 1_000_000).toFixed(0)} MB`;

export function DevicesView() {
  const { data, error } = useData<Devices>('/api/v1/devices', 2000);
  const session = useSession();
  if (!data) return <p class="soft">{error ?? t('loading')}</p>;
  const devices = data.connections.reduce((n, c) => n + c.devices.length, 0);
  return <>
    {data.connections.map(c => <ConnectionSheet key={c.name} connection={c} open={devices <= 6} />)}
    <section class="sheet"><h2>{t('publishers')}</h2><div class="scroll" tabIndex={0} role="group" aria-label={t('publishers')}><Publishers rows={data.publishers} /></div></section>
    <section class="sheet"><h2>{t('quarantine')}</h2>{data.quarantine.length === 0 ? <p class="soft">{t('quarantineEmpty')}</p> :
      <Quarantine rows={data.quarantine} session={session} />}</section>
    <Box devices={data} session={session} />
    {session && may(session, 'admin') && <Users />}
  </>;
}

function Quarantine({ rows, session }: { rows: Devices['quarantine']; session: SessionInfo | null }) {
  const mayReplay = may(session, 'operator'), mayDrop = may(session, 'admin');
  return <>
    {session && mayReplay && <div class="row">{[...new Set(rows.map(q => q.publisher))].map(p => <span key={p} class="row"><b>{p}</b><Act session={session} action="quarantine_replay" args={{ publisher: p }} label="replayAll" sure="sureReplay" />
      {mayDrop && <Act session={session} action="quarantine_drop" args={{ publisher: p, all: 'true' }} label="dropAll" sure="sureDrop" />}</span>)}</div>}
    <div class="scroll" tabIndex={0} role="group" aria-label={t('quarantine')}><table>
      <thead><tr><th>{t('publishers')}</th><th>{t('stream')}</th><th class="number">{t('number')}</th><th>{t('time')}</th><th>{t('reason')}</th>{mayReplay && <th><span class="visually-hidden">{t('actions')}</span></th>}</tr></thead>
      <tbody>{rows.map(q => <tr key={`${q.publisher}${q.stream}${q.id}`}><td>{q.publisher}</td><td>{code(q.stream === 'events' ? 'eventsWord' : q.stream)}</td><td class="number">{q.id}</td><td>{full(new Date(q.at))}</td><td>{q.reason}</td>
        {session && mayReplay && <td><span class="row"><Act session={session} action="quarantine_replay" args={{ publisher: q.publisher, stream: q.stream, id: String(q.id) }} label="replay" sure="sureReplay" />
          {mayDrop && <Act session={session} action="quarantine_drop" args={{ publisher: q.publisher, stream: q.stream, id: String(q.id) }} label="drop" sure="sureDrop" />}</span></td>}</tr>)}</tbody></table></div>
  </>;
}

function Users() {
  const { data } = useData<{ users: { name: string; role: 'viewer' | 'operator' | 'admin'; kind: 'user' | 'token' }[] }>('/api/v1/users', 10000);
  if (!data) return null;
  return <section class="sheet"><h2>{t('users')}</h2><div class="scroll" tabIndex={0} role="group" aria-label={t('users')}><table>
    <thead><tr><th>{t('user')}</th><th>{t('role')}</th><th>{t('kind')}</th></tr></thead>
    <tbody>{data.users.map(u => <tr key={u.kind + u.name}><td>{u.name}</td><td>{t(u.role)}</td><td>{t(u.kind === 'user' ? 'person' : 'token')}</td></tr>)}</tbody></table></div>
    <p class="small soft">{t('usersNote')}</p></section>;
}

function ConnectionSheet({ connection: c, open }: { connection: Connection; open: boolean }) {
  return <section class="sheet">
    <div class="row spread"><h1>{c.name} <span class="soft small">{c.driver}</span></h1><span class={`state ${c.connected ? 'running' : 'unknown'}`}>{c.connected ? t('up') : t('down')}</span></div>
    {c.last_error && <p class={`small ${c.connected ? 'soft' : 'error'}`}>{c.connected && `${t('lastError')}: `}{trouble(c.last_error)}</p>}
    <div class="row small"><span class="soft">{t('utilisation')}</span><span class="bar thin short" role="img" aria-label={`${t('utilisation')} ${percent(c.utilisation, 1)}`}><i class={Number(c.utilisation) > .8 ? 'over' : 'running'} style={{ width: `${Number(c.utilisation) * 100}%` }} /></span><b class="figure">{percent(c.utilisation, 1)}</b></div>
    <p class="small soft">{t('requests')} {whole(c.requests)} · {t('responses')} {whole(c.responses)} · {t('skipped')} {whole(c.skipped_cycles)} · {t('stray')} {whole(c.stray_frames)}{c.foreign_frames > 0 && ` · ${t('foreign')} ${whole(c.foreign_frames)}`}{c.refused_dial_ins > 0 && ` · ${t('dialIns')} ${whole(c.refused_dial_ins)}`} · {t('sent')} {bytes(c.bytes_sent)} · {t('received')} {bytes(c.bytes_received)}</p>
    {c.devices.map(d => <DeviceTable key={d.name} device={d} open={open} />)}
  </section>;
}

function DeviceTable({ device: d, open }: { device: Device; open: boolean }) {
  const other = d.errors - d.timeouts - d.exceptions - d.malformed;
  return <details open={open || !d.online || undefined}>
    <summary class="row spread"><span class="row"><span class={`state ${d.online ? 'running' : 'unknown'}`}><b>{d.name}</b></span><span class="soft small">{d.template}</span></span>
      <span class="small soft tabular">{d.online ? `${t('roundTrip')} ${fixed(d.round_trip_ms, 1)} ms (${t('meanTrip')} ${fixed(d.mean_round_trip_ms, 1)}, ${t('slowest')} ${fixed(d.slowest_round_trip_ms, 1)})` : t('offline')} · {t('timeouts')} {d.timeouts} · {t('exceptions')} {d.exceptions} · {t('malformed')} {d.malformed}{other > 0 && ` · ${t('otherErrors')} ${other}`}{d.second_answers > 0 && ` · ${t('second')} ${d.second_answers}`}{d.clock_ahead_s && ` · ${t('deviceClock')} ${d.clock_ahead_s} s`}{d.replaced_times > 0 && ` · ${t('replacedTimes')} ${whole(d.replaced_times)}`}{d.skipped_cycles > 0 && ` · ${t('skipped')} ${whole(d.skipped_cycles)}`}{d.last_good && ` · ${t('lastAnswer')} ${clock(new Date(d.last_good))}`}</span></summary>
    {d.last_error && <p class={`small ${d.online ? 'soft' : 'error'}`}>{d.online && `${t('lastError')}: `}{trouble(d.last_error)}</p>}
    <div class="scroll" tabIndex={0} role="group" aria-label={d.name}><table class="points">
      <thead><tr><th>{t('point')}</th><th class="number">{t('value')}</th><th class="number">{t('raw')}</th><th>{t('quality')}</th><th>{t('time')}</th><th class="number">{t('poll')}</th></tr></thead>
      <tbody>{d.points.map(p => <tr key={p.point}><td><a href={`#/point?point=${encodeURIComponent(`${d.name}.${p.point}`)}`}>{p.point}</a></td><td class="number"><span class="figure">{p.value === null ? '–' : p.kind === 'state' ? code(p.value) : p.value} <span class="soft">{unitWord(p.unit)}</span></span><div class="narrow small code"><Words words={p.words} steps={p.raw} /></div></td><td class="number code whole"><Words words={p.words} steps={p.raw} /></td><td>{code(p.quality)}</td><td>{p.t && clock(new Date(p.t))}</td><td class="number">{p.poll}</td></tr>)}</tbody>
    </table></div>
  </details>;
}

/** What the device sent, and the steps that a counter's registers mean. */
function Words({ words, steps }: { words: string | null; steps: string | null }) {
  return <>{words ?? (steps === null ? '–' : '')}{steps !== null && <span class="soft">{words !== null && ' = '}{steps}</span>}</>;
}

function Publishers({ rows }: { rows: Publisher[] }) {
  return <table><thead><tr><th>{t('publishers')}</th><th>{t('line')}</th><th class="number">{t('backlog')}: {t('records')}</th><th class="number">{t('telemetry')}</th><th class="number">{t('eventsWord')}</th><th class="number">{t('accepted')}</th><th class="number">{t('rejected')}</th><th class="number">{t('retried')}</th><th class="number">{t('passedOver')}</th><th class="number">{t('failures')}</th><th class="number">{t('sent')}</th></tr></thead>
    <tbody>{rows.map(p => <tr key={p.name}><td>{p.name}</td><td><span class={`state ${p.connected ? 'running' : 'unknown'}`}>{p.connected ? t('up') : t('down')}</span>{p.last_error && <div class="error small">{p.last_error}</div>}</td>
      {['records', 'telemetry', 'events'].map(s => <td key={s} class="number">{p.backlog[s] === undefined ? '–' : whole(p.backlog[s]!)}</td>)}<td class="number">{whole(p.accepted)}</td><td class="number">{whole(p.rejected)}</td><td class="number">{whole(p.retried)}</td><td class="number">{whole(p.skipped)}</td><td class="number">{whole(p.failures)}</td><td class="number">{bytes(p.bytes_sent)}</td></tr>)}</tbody></table>;
}

function Box({ devices, session }: { devices: Devices; session: SessionInfo | null }) {
  const b = devices.box;
  return <section class="sheet"><h2>{t('box')}</h2><dl class="keys">
    <dt>{t('clock')}</dt><dd>{b.clock_verified ? `${t('trusted')} · ${code(`clock_by_${b.clock_source}`)}` : t('unverified')}{Number(b.clock_ahead_s) !== 0 && ` · ${t('ahead')} ${b.clock_ahead_s} s`}{b.clock_steps > 0 && ` · ${t('steps')} ${whole(b.clock_steps)}`}{session && may(session, 'operator') && !b.clock_verified && <Act session={session} action="clock_trust" args={{}} label="trustClock" sure="sureTrust" />}</dd>
    <dt>{t('store')}</dt><dd>{b.store_fault ? <span class="error">{b.store_fault}</span> : `${t('commits')} ${whole(b.store_commits)} · ${t('records')} ${whole(b.store_records)} · ${t('pending')} ${b.store_pending}${b.store_failures > 0 ? ` · ${t('storeFailures')} ${whole(b.store_failures)}` : ''}`}</dd>
    <dt>{t('memory')}</dt><dd>{(b.memory_bytes / 1048576).toFixed(0)} MiB</dd>
    <dt>{t('viewers')}</dt><dd class="figure">{b.live_clients}{b.live_dropped > 0 && ` · ${t('dropped')} ${whole(b.live_dropped)}`}</dd>
    {Object.entries(b.metering).filter(([, n]) => n > 0).map(([name, n]) => [<dt key={name}>{code('metering_' + name)}</dt>, <dd key={name + '='} class="figure">{whole(n)}</dd>])}
  </dl>
    {session && may(session, 'admin') && <div class="row"><Act session={session} action="reload" args={{ dry_run: 'true' }} label="reloadCheck" sure="sureCheck" /><Act session={session} action="reload" args={{}} label="reloadMap" sure="sureReload" /></div>}
  </section>;
}
