import type { Live, Overview, OverviewUnit } from '../api';
import { percent, sum } from '../decimal';
import { Against, Coverage, energyOf, Figure, figureOf, How, IdleShare, originOf, State, Target, Value } from '../figure';
import { useData, useLine } from '../live';
import { full } from '../time';
import { code, currentLanguage, itemWord, t } from '../words';
import { TodayByHour } from './today';

const perGood = '_per_good';

export function OverviewView() {
  const { data, error } = useData<Overview>('/api/v1/overview', 5000);
  const { live } = useLine();
  if (!data) return <p class="soft">{error ?? t('loading')}</p>;
  const now = live ?? data.now;
  const roots = data.units.filter(u => u.parent === null);
  const makers = data.units.filter(u => u.today.good !== null);
  const name = (u: OverviewUnit): string | undefined => roots.length > 1 ? u.unit : undefined;
  return <>
    <section class="sheet answers" aria-label={t('now')}>
      <NowAnswer now={now} />
      {roots.map(u => <EnergyAnswer key={u.unit} unit={u} name={name(u)} />)}
      {roots.map(u => <MonthAnswer key={u.unit} unit={u} name={name(u)} />)}
      <AlarmList now={now} />
    </section>
    <div class="pair">
      {makers.length > 0 && <section class="sheet" aria-label={t('perPiece')}><h2>{t('perPiece')} · {t('today')}</h2><div class="answers">{makers.map(u => <PieceAnswer key={u.unit} unit={u} />)}</div></section>}
      {roots.filter(u => energyOf(u.today)).map(u => <TodayByHour key={u.unit} unit={u.unit} name={name(u)} />)}
    </div>
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
    <div class="row"><Against now={today} before={energyOf(unit.yesterday)} /><How q={today} /><Coverage share={unit.today.coverage} /></div>
    <Beside unit={unit} sums={unit.today} places={2} />
    <IdleShare sums={unit.today} />
  </div>;
}

function MonthAnswer({ unit, name }: { unit: OverviewUnit; name?: string }) {
  return <div class="answer"><h2>{t('month')}{name && ` · ${name}`}</h2>
    <div class="middle"><Figure q={energyOf(unit.month)} places={1} href={originOf(unit.month)} /></div>
    <div class="row"><How q={energyOf(unit.month)} /><Coverage share={unit.month.coverage} /></div>
    <Beside unit={unit} sums={unit.month} places={1} />
  </div>;
}

/** The other carriers, and what all of them are worth in coal and carbon. */
function Beside({ sums, places }: { unit: OverviewUnit; sums: OverviewUnit['today']; places: number }) {
  const rows = [...Object.entries(sums.carriers).filter(([c]) => c !== 'electricity'), ...['kgce', 'kgCO2'].map(id => [id, figureOf(sums, id)] as const)];
  return <>{rows.map(([id, q]) => q && <div key={id} class="small"><span class="soft">{code(id)} </span><Figure q={q} places={places} href={originOf(sums)} /></div>)}</>;
}

function PieceAnswer({ unit }: { unit: OverviewUnit }) {
  const [now, before] = [figureOf(unit.today, 'kWh_per_good'), figureOf(unit.yesterday, 'kWh_per_good')];
  const per = unit.today.figures.filter(f => f.id.endsWith(perGood) && f.id !== 'kWh_per_good');
  const item = itemWord(unit.item);
  return <div class="answer"><h3>{unit.unit}</h3>
    <div class="middle"><Figure q={now} places={4} unit={`kWh/${item}`} href={originOf(unit.today)} /></div>
    <div class="row"><Against now={now} before={before} /><How q={now} /><Coverage share={unit.today.coverage} /></div>
    <Target now={now} aim={unit.targets.kWh_per_good} places={4} />
    {per.map(f => <div key={f.id} class="small row"><span><span class="soft">{code(f.id)} </span><Figure q={f.quantity} places={5} href={originOf(unit.today)} unit={f.quantity.unit.replace('piece', item)} /></span><Target now={f.quantity} aim={unit.targets[f.id]} places={5} /></div>)}
    <IdleShare sums={unit.today} />
  </div>;
}

function UnitTable({ units, now }: { units: OverviewUnit[]; now: Live }) {
  const depth = (u: OverviewUnit): number => u.parent === null ? 0 : 1 + depth(units.find(p => p.unit === u.parent)!);
  return <div class="scroll" tabIndex={0} role="group" aria-label={t('units')}><table class="named">
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
        <td>{energyOf(u.today)?.basis === 'exact' ? t('exact') : <How q={energyOf(u.today)} />}</td>
      </tr>;
    })}</tbody>
  </table></div>;
}

/** What is wrong, the worst first: in English in the very words of log and command line. */
export function AlarmList({ now }: { now: Live }) {
  return <div class="answer"><h2>{t('alarms')}</h2><ul class="alarms" aria-live="polite">
    {now.alarms.length === 0 && <li class="well"><span>{t('noAlarms')}</span></li>}
    {now.alarms.map(a => {
      const known = code(a.code) !== a.code.replaceAll('_', ' ');
      return <li key={a.code + a.subject} class={a.severity}>
        {currentLanguage() === 'en' || !known ? <span>{a.text}</span> : <span>{a.subject && <b>{a.subject} </b>}{code(a.code)}</span>}
        <span class="small soft">{currentLanguage() === 'zh' && known && a.code !== 'clock_unverified' && a.detail && code(a.detail)}{a.since > 0 && <> {t('since')} {full(new Date(a.since / 1000))}</>}</span>
      </li>;
    })}
  </ul></div>;
}
