import { useMemo } from 'preact/hooks';
import type { GatewayInfo, History, Live, UnitInfo } from '../api';
import { Chart, type Frame, type Series } from '../charts/chart';
import { fixed, pixels } from '../decimal';
import { State, Value } from '../figure';
import { useData, useLine } from '../live';
import { go, type Place } from '../place';
import { code, t, type Word } from '../words';

const spans: Record<string, number> = { '15m': 900, '1h': 3600, '8h': 28800, '24h': 86400, '7d': 604800 };

export function UnitsView({ place, gateway }: { place: Place; gateway: GatewayInfo }) {
  const { live } = useLine();
  const unit = gateway.units.find(u => u.unit === place.query.unit) ?? gateway.units[0];
  if (!unit) return <p class="soft">{t('noData')}</p>;
  return <div class="two">
    <nav class="sheet" aria-label={t('units')}><Tree units={gateway.units} parent={null} current={unit.unit} live={live} span={place.query.span} /></nav>
    <UnitPage unit={unit} live={live} span={place.query.span ?? '1h'} />
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

function UnitPage({ unit, live, span }: { unit: UnitInfo; live: Live | null; span: string }) {
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
  </div>;
}

function UnitCharts({ unit, history: h, from, to }: { unit: UnitInfo; history: History; from: number; to: number }) {
  const frame = useMemo((): Frame => ({ start: h.start_s, length: h.length_s, basis: h.basis }), [h]);
  const withStates = useMemo((): Frame => ({ ...frame, states: unit.has_state ? h.state_s : undefined }), [frame, h, unit]);
  const power = useMemo((): Series[] => [{ name: t('power'), unit: 'kW', color: 'electricity', values: h.power_mean_kw, texts: h.power_mean_kw.map(v => v === null ? null : v.toFixed(2)) }], [h]);
  const energy = useMemo((): Series[] => [{ name: t('energy'), unit: 'kWh', color: 'electricity', bars: true, values: h.kwh.map(pixels), texts: h.kwh.map(v => v === null ? null : fixed(v, 4)) }], [h]);
  const figures = useMemo(() => Object.entries(h.figures).filter(([id, values]) => id.endsWith('_per_good') && values.some(v => v !== null))
    .map(([id, values]): [string, Series[]] => [id, [{ name: code(id), unit: `${id.replace('footprint_', '').replace('_per_good', '')}/${t('piece')}`, color: 'running', values: values.map(pixels), texts: values.map(v => v === null ? null : fixed(v, 5)) }]]), [h]);
  const open = (i: number): void => go('provenance', { unit: h.unit, kind: h.kind, start: iso(h.start_s[i]!), id: h.window_id[i] ?? '' });
  const holes = h.coverage.some(c => c !== '1');
  return <>
    {unit.gauges.length > 0 && <section class="sheet"><h2>{t('power')}{unit.has_state && ` · ${t('band')}`}</h2><Chart label={t('power')} frame={withStates} series={power} from={from} to={to} open={open} />{unit.has_state && <StateKeys />}</section>}
    <section class="sheet"><h2>{t('energy')} · {t('window')} {h.kind}</h2><Chart label={t('energy')} frame={frame} series={energy} from={from} to={to} open={open} />
      <p class="small soft">{t('hatched')} · {t('dashed')} · {t('gap')}{holes && <> · {t('coverage')} &lt; 100 %</>}</p></section>
    {figures.map(([id, series]) => <section class="sheet" key={id}><h2>{code(id)}</h2><Chart label={code(id)} frame={frame} series={series} from={from} to={to} open={open} /></section>)}
  </>;
}

function StateKeys() {
  return <div class="row small soft">{['running', 'idle', 'stopped', 'unknown'].map(s => <State key={s} state={s} />)}</div>;
}

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
