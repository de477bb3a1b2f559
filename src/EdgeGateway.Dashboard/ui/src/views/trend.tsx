import { useState } from 'preact/hooks';
import { query, type GatewayInfo, type History, type UnitInfo } from '../api';
import { change, fixed, percent, pixels } from '../decimal';
import { useData } from '../live';
import { full } from '../time';
import { itemWord, t, type Word } from '../words';
import { ProductRows } from './products';

const measures = ['kWh_per_good', 'kgce_per_good', 'kgCO2_per_good'] as const;
const kinds = ['shift', '1d', 'batch'] as const;
const reach = 31 * 86400;

/** Energy per good piece by shift, day and batch, and there by product: a row each, the newest first, against what the map aims at. */
export function Trend({ unit, gateway }: { unit: UnitInfo; gateway: GatewayInfo }) {
  const offered = kinds.filter(k => gateway.windows.includes(k));
  const [kind, setKind] = useState<string | undefined>(offered[0]);
  const [products, setProducts] = useState(!unit.has_output);
  const [measure, setMeasure] = useState<typeof measures[number]>('kWh_per_good');
  const to = Math.ceil(Date.now() / 60000) * 60;
  const question = { unit: unit.unit, kind: kind ?? '', from: new Date((to - reach) * 1000).toISOString(), to: new Date(to * 1000).toISOString() };
  const { data } = useData<History>(kind && !products ? query('/api/v1/history', question) : null, 30000);
  if (!kind || !(unit.has_output || unit.by_product)) return null;
  const item = itemWord(unit.item);
  const measured = products ? measures : measures.filter(m => m === 'kWh_per_good' || data?.figures[m]);
  return <section class="sheet" aria-label={t('trend')}>
    <div class="row spread"><h2>{t('trend')}{unit.product && ` · ${t('product')} ${unit.product}`}</h2>
      <div class="row">
        <div class="row" role="group" aria-label={t('window')}>{offered.map(k => <button key={k} class="quiet" aria-pressed={k === kind} onClick={() => setKind(k)}>{t(windowWord(k))}</button>)}</div>
        {unit.by_product && unit.has_output && <div class="row" role="group" aria-label={t('product')}>{[false, true].map(p => <button key={String(p)} class="quiet" aria-pressed={p === products} onClick={() => setProducts(p)}>{t(p ? 'byProduct' : 'allProducts')}</button>)}</div>}
        <div class="row" role="group" aria-label={t('figures')}>{measured.map(m => <button key={m} class="quiet" aria-pressed={m === measure} onClick={() => setMeasure(m)}>{m.replace('_per_good', '')}</button>)}</div>
      </div></div>
    {products ? <ProductRows path={query('/api/v1/products', question)} measure={measure} item={unit.item} windows={t('window')} />
      : !data ? <p class="soft">{t('loading')}</p> : data.start_s.length === 0 ? <p class="soft">{t('notYet')}</p> : <Rows unit={unit} history={data} measure={measure} item={item} />}
  </section>;
}

const windowWord = (kind: typeof kinds[number]): Word => kind === 'batch' ? 'byBatch' : kind;

function Rows({ unit, history: h, measure, item }: { unit: UnitInfo; history: History; measure: string; item: string }) {
  const values = h.figures[measure] ?? [], aim = unit.targets[measure];
  const most = Math.max(0, ...values.map(v => pixels(v) ?? 0), pixels(aim) ?? 0);
  const rows = h.start_s.map((_, i) => i).reverse();
  return <div class="scroll" tabIndex={0} role="group" aria-label={t('trend')}><table class="named">
    <thead><tr><th>{t('window')}</th><th>{t('from')}</th><th class="number">kWh</th><th class="number">{t('good')}</th><th class="number">{measure.replace('_per_good', '')}/{item}</th><th><span class="visually-hidden">{t('trend')}</span></th>{aim && <th class="number">{t('target')} {fixed(aim, 4)}</th>}<th class="number">{t('coverage')}</th><th>{t('basis')}</th></tr></thead>
    <tbody>{rows.map(i => {
      const value = values[i] ?? null, against = aim ? change(value, aim) : null;
      return <tr key={`${h.start_s[i]}${h.window_id[i]}`}>
        <td><a href={`#/provenance?${new URLSearchParams({ unit: h.unit, kind: h.kind, start: new Date(h.start_s[i]! * 1000).toISOString(), id: h.window_id[i] ?? '' })}`}>{h.window_id[i] || h.kind}</a></td>
        <td class="figure">{full(new Date(h.start_s[i]! * 1000))}</td>
        <td class="number figure">{fixed(h.kwh[i], 2)}</td><td class="number figure">{fixed(h.good[i], 0)}</td><td class="number figure">{fixed(value, 4)}</td>
        <td class="wide"><span class="bar thin"><i class={against && against.sign > 0 ? 'over' : 'running'} style={{ width: `${most > 0 ? (pixels(value) ?? 0) / most * 100 : 0}%` }} /></span></td>
        {aim && <td class="number">{against ? <b class={against.sign > 0 ? 'more' : 'less'}>{against.text}</b> : '–'}</td>}
        <td class="number figure">{percent(h.coverage[i], 1, true)}</td><td>{t(h.basis[i] as Word)}</td>
      </tr>;
    })}</tbody></table></div>;
}
