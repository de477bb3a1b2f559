import type { Products } from '../api';
import { fixed, percent, pixels } from '../decimal';
import { energyOf, Figure, figureOf, How } from '../figure';
import { useData } from '../live';
import { full } from '../time';
import { itemWord, t } from '../words';

/** What each product took per good piece: over the whole span, and window by window, the newest first. */
export function ProductRows({ path, measure, item, windows }: { path: string; measure: string; item: string; windows: string }) {
  const { data, error } = useData<Products>(path, 30000);
  if (!data) return <p class="soft">{error ?? t('loading')}</p>;
  if (data.rows.length === 0) return <p class="soft">{t('notYet')}</p>;
  const amount = measure.replace('_per_good', ''), per = `${amount}/${itemWord(item)}`, charged = amount !== 'kWh';
  const most = Math.max(0, ...data.rows.map(r => pixels(figureOf(r.sums, measure)?.value) ?? 0));
  const rows = [...data.rows].sort((a, b) => b.start_s - a.start_s || b.window_id.localeCompare(a.window_id) || (a.product ?? '').localeCompare(b.product ?? ''));
  return <div class="stack">
    <div class="answers">{data.totals.map(p => <div key={p.product} class="answer"><h3>{p.product ?? t('noProduct')}</h3>
      <div class="middle"><Figure q={figureOf(p.sums, measure)} places={4} unit={per} /></div>
      <div class="row small"><How q={figureOf(p.sums, measure)} /><span class="soft">{fixed(p.sums.good?.value, 0)} {itemWord(item)} · {fixed(energyOf(p.sums)?.value, 2)} kWh{charged && ` · ${fixed(figureOf(p.sums, amount)?.value, 3)} ${amount}`} · {t('last31')}</span></div></div>)}</div>
    <div class="scroll" tabIndex={0} role="group" aria-label={t('byProduct')}><table class="named">
      <thead><tr><th>{t('product')}</th><th>{windows}</th><th>{t('from')}</th><th>{t('unit')}</th><th class="number">kWh</th>{charged && <th class="number">{amount}</th>}<th class="number">{t('good')}</th><th class="number">{per}</th><th><span class="visually-hidden">{t('trend')}</span></th><th class="number">{t('coverage')}</th><th>{t('basis')}</th></tr></thead>
      <tbody>{rows.map(r => {
        const q = figureOf(r.sums, measure), [unit] = r.units;
        return <tr key={`${r.start_s}${r.window_id}${r.product}`}>
          <td>{r.product ?? <span class="soft">{t('noProduct')}</span>}</td>
          <td>{r.units.length === 1 ? <a href={`#/provenance?${new URLSearchParams({ unit: unit!, kind: data.kind, start: new Date(r.start_s * 1000).toISOString(), id: r.window_id })}`}>{r.window_id || data.kind}</a> : r.window_id || data.kind}</td>
          <td class="figure">{full(new Date(r.start_s * 1000))}</td><td>{r.units.join(', ')}</td>
          <td class="number"><Figure q={energyOf(r.sums)} places={2} unit="" /></td>{charged && <td class="number"><Figure q={figureOf(r.sums, amount)} places={3} unit="" /></td>}<td class="number"><Figure q={r.sums.good} places={0} unit="" /></td><td class="number"><Figure q={q} places={4} unit="" /></td>
          <td class="wide"><span class="bar thin"><i class="running" style={{ width: `${most > 0 ? (pixels(q?.value) ?? 0) / most * 100 : 0}%` }} /></span></td>
          <td class="number figure">{percent(r.sums.coverage, 1, true)}</td><td>{q?.basis === 'exact' ? t('exact') : <How q={q} />}</td>
        </tr>;
      })}</tbody></table></div>
    <p class="small soft">{t('productNote')}{data.truncated && ` · ${t('tooMuch')}`}</p>
  </div>;
}
