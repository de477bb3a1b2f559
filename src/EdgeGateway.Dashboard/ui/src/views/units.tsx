import { useMemo, useState } from 'preact/hooks';
import type { GatewayInfo, History, Live, UnitInfo } from '../api';
import { Chart, type Frame, type Series } from '../charts/chart';
import { fixed, pixels } from '../decimal';
import { State, Value } from '../figure';
import { useData, useLine } from '../live';
import { go, type Place } from '../place';
import { code, itemWord, t, type Word } from '../words';
import { Trend } from './trend';

const perGood = '_per_good', order = ['kWh_per_good', 'kgce_per_good', 'kgCO2_per_good', 'footprint_kgCO2e_per_good'];
const measureOf = (id: string): string => id.replace('footprint_', '').replace(perGood, '');
// A gateway that has just begun has little to show.
const young = 30 * 60000;
const spans: Record<string, number> = { '15m': 900, '1h': 3600, '8h': 28800, '24h': 86400, '7d': 604800 };

export function UnitsView({ place, gateway }: { place: Place; gateway: GatewayInfo }) {
  const { live } = useLine();
  const unit = gateway.units.find(u => u.unit === place.query.unit) ?? gateway.units[0];
  if (!unit) return <p class="soft">{t('noData')}</p>;
  return <div class="two">
    <nav class="sheet" aria-label={t('units')}><Tree units={gateway.units} parent={null} current={unit.unit} live={live} span={place.query.span} /></nav>
    <UnitPage key={unit.unit} unit={unit} gateway={gateway} live={live} span={place.query.span ?? (Date.now() - Date.parse(gateway.started) < young ? '15m' : '1h')} />
  </div>;
}

function Tree({ units, parent, current, live, span }: { units: UnitInfo[]; parent: string | null; current: string; live: Live | null; span?: string }) {
  return <ul class="tree">{units.filter(u => u.parent === parent).map(u => {
    const now = live?.units.find(l => l.unit === u.unit);
    return <li key={u.unit}>
      <a href={`#/units?unit=${encodeURIComponent(u.unit)}${span ? `&span=${span}` : ''}`} aria-current={u.unit === current ? 'page' : undefined}><span>{u.unit}</span>{now && now.state !== 'none' && <State state={now.state} />}</a>
      {units.some(c => c.parent === u.unit) && <div class="depth-1"><Tree units={units} parent={u.unit} current={current} live={live} span={span} /></div>}
    </li>;
  })}</ul>;
}

function UnitPage({ unit, gateway, live, span }: { unit: UnitInfo; gateway: GatewayInfo; live: Live | null; span: string }) {
  const seconds = spans[span] ?? 3600;
  // The span ends at the next full minute, so that the question stays the same for a while.
  const to = Math.ceil(Date.now() / 60000) * 60, from = to - seconds;
  const path = `/api/v1/history?unit=${encodeURIComponent(unit.unit)}&from=${iso(from)}&to=${iso(to)}`;
  const { data, error } = useData<History>(path, 5000);
  const now = live?.units.find(u => u.unit === unit.unit);
  return <div class="stack">
    <section class="sheet row spread">
      <div class="answer"><h1>{unit.unit}</h1><div class="row">{now && <State state={now.state} />}</div></div>
      <div class="answer"><div class="big">{now?.power_kw != null ? <Value text={now.power_kw} places={1} unit="kW" /> : <span class="soft">{now && now.power_quality !== 'none' ? code(now.power_quality) : '–'}</span>}</div></div>
      <div class="row" role="group" aria-label={t('time')}>{Object.keys(spans).map(s => <button key={s} class="quiet" aria-pressed={s === span} onClick={() => go('units', { unit: unit.unit, span: s })}>{t(`span_${s}` as Word)}</button>)}</div>
    </section>
    {data && data.start_s.length > 0 ? <UnitCharts unit={unit} history={data} from={from} to={to} /> : <p class="soft">{error ?? (data ? t('noData') : t('loading'))}</p>}
    <Trend unit={unit} gateway={gateway} />
  </div>;
}

function UnitCharts({ unit, history: h, from, to }: { unit: UnitInfo; history: History; from: number; to: number }) {
  const frame = useMemo((): Frame => ({ start: h.start_s, length: h.length_s, basis: h.basis }), [h]);
  const withStates = useMemo((): Frame => ({ ...frame, states: unit.has_state ? h.state_s : undefined }), [frame, h, unit]);
  const power = useMemo((): Series[] => [{ name: t('power'), unit: 'kW', color: 'electricity', values: h.power_mean_kw, texts: h.power_mean_kw.map(v => v === null ? null : v.toFixed(2)) }], [h]);
  const energy = useMemo((): Series[] => [{ name: t('energy'), unit: 'kWh', color: 'electricity', bars: true, values: h.kwh.map(pixels), texts: h.kwh.map(v => v === null ? null : fixed(v, 4)) }], [h]);
  const measured = Object.keys(h.figures).filter(id => id.endsWith(perGood) && h.figures[id]!.some(v => v !== null)).sort((x, y) => order.indexOf(x) - order.indexOf(y));
  const [wanted, setWanted] = useState('');
  const shown = measured.includes(wanted) ? wanted : measured[0];
  const per = useMemo((): Series[] => !shown ? [] : [{ name: code(shown), unit: `${measureOf(shown)}/${itemWord(unit.item)}`, color: 'running', values: h.figures[shown]!.map(pixels), texts: h.figures[shown]!.map(v => v === null ? null : fixed(v, 5)), aim: pixels(unit.targets[shown]) }], [h, shown, unit]);
  const open = (i: number): void => go('provenance', { unit: h.unit, kind: h.kind, start: iso(h.start_s[i]!), id: h.window_id[i] ?? '' });
  const holes = h.coverage.some(c => c !== '1');
  return <>
    {unit.gauges.length > 0 && <section class="sheet"><h2>{t('power')}{unit.has_state && ` · ${t('band')}`}</h2><Chart label={t('power')} frame={withStates} series={power} from={from} to={to} open={open} />{unit.has_state && <StateKeys />}</section>}
    <section class="sheet"><h2>{t('energy')} · {t('window')} {h.kind}</h2><Chart label={t('energy')} frame={frame} series={energy} from={from} to={to} open={open} />
      <p class="small soft">{t('hatched')} · {t('dashed')} · {t('gap')}{holes && <> · {t('coverage')} &lt; 100 %</>}</p></section>
    {shown && <section class="sheet"><div class="row spread"><h2>{code(shown)}</h2><div class="row" role="group" aria-label={t('figures')}>{measured.map(id => <button key={id} class="quiet" aria-pressed={id === shown} onClick={() => setWanted(id)}>{measureOf(id)}</button>)}</div></div>
      <Chart label={code(shown)} frame={frame} series={per} from={from} to={to} open={open} /></section>}
  </>;
}

function StateKeys() {
  return <div class="row small soft">{['running', 'idle', 'stopped', 'unknown'].map(s => <State key={s} state={s} />)}</div>;
}

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
