import type { Live, Overview, OverviewUnit } from '../api';
import { percent, sum } from '../decimal';
import { Against, Coverage, energyOf, Figure, figureOf, How, originOf, State, Value } from '../figure';
import { useData, useLine } from '../live';
import { hourMinute } from '../time';
import { code, t } from '../words';

export function OverviewView() {
  const { data, error } = useData<Overview>('/api/v1/overview', 5000);
  const { live } = useLine();
  if (!data) return <p class="soft">{error ?? t('loading')}</p>;
  const now = live ?? data.now;
  const roots = data.units.filter(u => u.parent === null);
  const makers = data.units.filter(u => u.today.good !== null);
  return <>
    <section class="sheet answers" aria-label={t('now')}>
      <NowAnswer now={now} />
      {roots.map(u => <EnergyAnswer key={u.unit} unit={u} name={roots.length > 1 ? u.unit : undefined} />)}
      {roots.map(u => <div class="answer" key={u.unit}><h2>{t('month')}</h2><div class="middle"><Figure q={energyOf(u.month)} places={1} href={originOf(u.month)} /></div><div class="row"><How basis={energyOf(u.month)?.basis} /><Coverage share={u.month.coverage} /></div></div>)}
      <AlarmList now={now} />
    </section>
    {makers.length > 0 && <section class="sheet" aria-label={t('perPiece')}><h2>{t('perPiece')} · {t('today')}</h2><div class="answers">{makers.map(u => <PieceAnswer key={u.unit} unit={u} />)}</div></section>}
    <section class="sheet" aria-label={t('units')}><h2>{t('units')} · {t('today')}</h2><UnitTable units={data.units} now={now} /></section>
  </>;
}

function NowAnswer({ now }: { now: Live }) {
  const roots = now.units.filter(u => u.parent === null);
  return <div class="answer"><h2>{t('now')}</h2>
    <div class="big"><Value text={sum(roots.map(u => u.power_kw))} places={1} unit="kW" /></div>
    <div class="row small">{now.units.filter(u => u.state !== 'none').map(u => <span key={u.unit}>{u.unit} <State state={u.state} /></span>)}</div>
  </div>;
}

function EnergyAnswer({ unit, name }: { unit: OverviewUnit; name?: string }) {
  const today = energyOf(unit.today);
  return <div class="answer"><h2>{t('today')}{name && ` · ${name}`}</h2>
    <div class="big"><Figure q={today} places={2} href={originOf(unit.today)} /></div>
    <div class="row"><Against now={today} before={energyOf(unit.yesterday)} /><How basis={today?.basis} /><Coverage share={unit.today.coverage} /></div>
    {Object.entries(unit.today.carriers).filter(([c]) => c !== 'electricity').map(([c, q]) => <div key={c} class="small"><span class="soft">{code(c)} </span><Figure q={q} places={2} href={originOf(unit.today)} /></div>)}
    {unit.today.figures.filter(f => f.id === 'kgce' || f.id === 'kgCO2').map(f => <div key={f.id} class="small"><span class="soft">{code(f.id)} </span><Figure q={f.quantity} places={2} href={originOf(unit.today)} /></div>)}
  </div>;
}

function PieceAnswer({ unit }: { unit: OverviewUnit }) {
  const [now, before] = [figureOf(unit.today, 'kWh_per_good'), figureOf(unit.yesterday, 'kWh_per_good')];
  const per = unit.today.figures.filter(f => f.id.endsWith('_per_good') && f.id !== 'kWh_per_good');
  return <div class="answer"><h3>{unit.unit}</h3>
    <div class="middle"><Figure q={now} places={4} unit={`kWh/${t('piece')}`} href={originOf(unit.today)} /></div>
    <div class="row"><Against now={now} before={before} /><How basis={now?.basis} /><Coverage share={unit.today.coverage} /></div>
    {per.map(f => <div key={f.id} class="small"><span class="soft">{code(f.id)} </span><Figure q={f.quantity} places={5} href={originOf(unit.today)} unit={f.quantity.unit.replace('piece', t('piece'))} /></div>)}
    <div class="small soft">{t('idleShare')} <b class="figure">{percent(figureOf(unit.today, 'idle_share')?.value, 1)}</b></div>
  </div>;
}

function UnitTable({ units, now }: { units: OverviewUnit[]; now: Live }) {
  const depth = (u: OverviewUnit): number => u.parent === null ? 0 : 1 + depth(units.find(p => p.unit === u.parent)!);
  return <div class="scroll" tabIndex={0} role="group" aria-label={t('units')}><table>
    <thead><tr><th>{t('unit')}</th><th>{t('state')}</th><th class="number">{t('power')} kW</th><th class="number">{t('energy')} kWh</th><th class="number">{t('good')}</th><th class="number">{t('scrap')}</th><th class="number">kWh/{t('piece')}</th><th class="number">{t('idleShare')}</th><th class="number">{t('coverage')}</th><th>{t('basis')}</th></tr></thead>
    <tbody>{units.map(u => {
      const live = now.units.find(l => l.unit === u.unit);
      return <tr key={u.unit}>
        <td class={`depth-${Math.min(3, depth(u))}`}><a href={`#/units?unit=${encodeURIComponent(u.unit)}`}>{u.unit}</a></td>
        <td>{live && <State state={live.state} />}</td>
        <td class="number">{live?.power_kw != null ? <Value text={live.power_kw} places={1} unit="" /> : <span class="soft">{live && live.power_quality !== 'none' ? code(live.power_quality) : '–'}</span>}</td>
        <td class="number"><Figure q={energyOf(u.today)} places={2} unit="" href={originOf(u.today)} /></td>
        <td class="number"><Figure q={u.today.good} places={0} unit="" /></td>
        <td class="number"><Figure q={u.today.scrap} places={0} unit="" /></td>
        <td class="number"><Figure q={figureOf(u.today, 'kWh_per_good')} places={4} unit="" /></td>
        <td class="number figure">{percent(figureOf(u.today, 'idle_share')?.value, 1)}</td>
        <td class="number figure">{percent(u.today.coverage, 1, true)}</td>
        <td>{energyOf(u.today)?.basis === 'exact' ? t('exact') : <How basis={energyOf(u.today)?.basis} />}</td>
      </tr>;
    })}</tbody>
  </table></div>;
}

export function AlarmList({ now }: { now: Live }) {
  return <div class="answer"><h2>{t('alarms')}</h2><ul class="alarms" aria-live="polite">
    {now.alarms.length === 0 && <li class="well"><span>{t('noAlarms')}</span></li>}
    {now.alarms.map(a => <li key={a.code + a.subject} class={a.severity}>
      <span>{a.subject && <b>{a.subject} </b>}{code(a.code)}</span>
      <span class="small soft">{a.detail}{a.since > 0 && <> · {t('since')} {hourMinute(new Date(a.since / 1000))}</>}</span>
    </li>)}
  </ul></div>;
}
