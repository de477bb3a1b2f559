import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ask, type GatewayInfo } from './api';
import { start, useData, useLine } from './live';
import { LoginView } from './login';
import { usePlace } from './place';
import { useSession } from './session';
import { clock, setZone } from './time';
import { currentLanguage, setLanguage, t, type Word } from './words';
import { DevicesView } from './views/devices';
import { EventsView } from './views/events';
import { FlowView } from './views/flow';
import { HeatView } from './views/heat';
import { OverviewView } from './views/overview';
import { PointView } from './views/point';
import { ProvenanceView } from './views/provenance';
import { UnitsView } from './views/units';
import './theme.css';

const pages: Word[] = ['overview', 'units', 'flow', 'heat', 'devices', 'events'];

function Page() {
  const [, redraw] = useState(0);
  const line = useLine(), place = usePlace();
  const { data: gateway } = useData<GatewayInfo>(line.login ? null : '/api/v1/gateway', 60000);
  useEffect(() => { if (gateway) { setZone(gateway.timezone); redraw(n => n + 1); } }, [gateway]);
  useEffect(() => { document.title = `${gateway?.gateway ?? 'EdgeGateway'} · ${t((place.view in titles ? place.view : 'overview') as Word)}`; });
  if (line.login) return <LoginView again={() => redraw(n => n + 1)} />;
  return <>
    <header>
      <span class="name"><img src="/icon.svg" alt="" /><span>{gateway?.gateway ?? 'EdgeGateway'}</span></span>
      <nav aria-label={t('menu')}>{pages.map(p => <a key={p} href={`#/${p}`} aria-current={place.view === p ? 'page' : undefined}>{t(p)}</a>)}</nav>
      <span class="side"><Clock /><span class={`pulse ${line.lost ? 'lost' : ''}`}><span class="visually-hidden">{line.lost ? t('lost') : t('connected')}</span></span>
        <button class="quiet" onClick={() => { setLanguage(currentLanguage() === 'zh' ? 'en' : 'zh'); redraw(n => n + 1); }}>{t('language')}</button>
        <button class="quiet" aria-label={t('theme')} title={t('theme')} onClick={() => { toggleTheme(); redraw(n => n + 1); }}>◐</button><Session /></span>
    </header>
    <div role="alert">{line.lost && <div class="lost-line">{t('lost')} · {t('lostSince')} {clock(new Date(line.since))} · {t('retrying')}</div>}</div>
    <main class={line.lost ? 'stale' : ''} key={currentLanguage()}>{gateway ? <View view={place.view} place={place} gateway={gateway} /> : <p class="soft">{t('loading')}</p>}</main>
  </>;
}

const titles = { overview: 1, units: 1, flow: 1, heat: 1, devices: 1, events: 1, point: 1, provenance: 1 };

function View({ view, place, gateway }: { view: string; place: ReturnType<typeof usePlace>; gateway: GatewayInfo }) {
  switch (view) {
    case 'units': return <UnitsView place={place} gateway={gateway} />;
    case 'flow': return <FlowView place={place} />;
    case 'heat': return <HeatView place={place} gateway={gateway} />;
    case 'devices': return <DevicesView />;
    case 'events': return <EventsView />;
    case 'point': return <PointView place={place} />;
    case 'provenance': return <ProvenanceView place={place} />;
    default: return <OverviewView />;
  }
}

/** The gateway's clock, in the plant's zone; it stands still when the gateway is not heard. */
function Clock() {
  const { live } = useLine();
  return <span title={t('local')}>{live ? clock(new Date(live.t)) : '--:--:--'}</span>;
}

function Session() {
  const session = useSession();
  if (!session?.user) return null;
  return <button class="quiet" onClick={() => void ask('/api/v1/logout', { method: 'POST', headers: { 'x-csrf': session.csrf } }).finally(() => location.reload())}>{session.user} · {t(session.role)} · {t('logout')}</button>;
}

function theme(): string {
  return localStorage.getItem('theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
}

function toggleTheme(): void {
  localStorage.setItem('theme', theme() === 'dark' ? 'light' : 'dark');
  document.documentElement.dataset.theme = theme();
}

document.documentElement.dataset.theme = theme();
setLanguage(currentLanguage());
start();
render(<Page />, document.getElementById('page')!);
