import type { GatewayInfo, Heat } from '../api';
import { fixed, percent, pixels } from '../decimal';
import { useData } from '../live';
import { go, type Place } from '../place';
import { t, type Word } from '../words';
import { useEffect, useRef, useState } from 'preact/hooks';

const days = 14;

/** When the electricity is used: hours across, days down. */
export function HeatView({ place, gateway }: { place: Place; gateway: GatewayInfo }) {
  const unit = gateway.units.find(u => u.unit === place.query.unit) ?? gateway.units[0];
  const { data, error } = useData<Heat>(unit ? `/api/v1/heat?unit=${encodeURIComponent(unit.unit)}&days=${days}` : null, 30000);
  return <section class="sheet">
    <div class="row spread"><h1>{t('perHour')}</h1>
      <label class="row"><span class="soft">{t('unit')}</span><select class="quiet" value={unit?.unit} onChange={e => go('heat', { unit: e.currentTarget.value })}>{gateway.units.map(u => <option key={u.unit} value={u.unit}>{u.unit}</option>)}</select></label></div>
    {data && unit ? <Field heat={data} /> : <p class="soft">{error ?? t('loading')}</p>}
  </section>;
}

function Field({ heat }: { heat: Heat }) {
  const [told, setTold] = useState('');
  const host = useRef<HTMLDivElement>(null);
  // On a narrow screen the hour that is now comes into view.
  useEffect(() => {
    const node = host.current!, hour = (heat.days.at(-1)?.hours.filter(Boolean).length ?? 24);
    node.scrollLeft = node.scrollWidth * hour / 24 - node.clientWidth * .8;
  }, [heat.unit]);
  const most = Math.max(0, ...heat.days.flatMap(d => d.hours.map(h => pixels(h?.kwh) ?? 0)));
  const cell = 36, row = 26, left = 62;
  const width = left + 24 * cell, height = 26 + heat.days.length * row;
  return <>
    <div ref={host} class="scroll" tabIndex={0} role="group" aria-label={t('perHour')}><svg viewBox={`0 0 ${width} ${height}`} width="100%" style={{ minWidth: '44rem' }} role="group" aria-label={t('perHour')}>
      <defs><pattern id="estimate" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2.4" height="6" fill="var(--sheet)" fill-opacity=".75" /></pattern></defs>
      {Array.from({ length: 24 }, (_, h) => h % 2 === 0 && <text key={h} x={left + h * cell + cell / 2} y="16" font-size="12" text-anchor="middle" class="soft">{h}</text>)}
      {heat.days.map((d, y) => <g key={d.day}>
        <text x="0" y={26 + y * row + 17} font-size="12.5" class="soft">{d.day.slice(5)}</text>
        {d.hours.map((h, x) => {
          const share = h?.kwh != null && most > 0 ? (pixels(h.kwh) ?? 0) / most : null;
          const at = { x: left + x * cell + 1, y: 26 + y * row + 1, width: cell - 2, height: row - 2, rx: 3 };
          if (!h || share === null) return <rect key={x} {...at} fill="none" stroke="var(--rule)" />;
          const say = `${d.day} ${x}:00 · ${fixed(h.kwh, 2)} kWh · ${t(h.basis as Word)}${h.coverage !== '1' ? ` · ${t('coverage')} ${percent(h.coverage, 1, true)}` : ''}`;
          return <a key={x} href={`#/provenance?unit=${encodeURIComponent(heat.unit)}&from=${h.start}&to=${new Date(new Date(h.start).getTime() + 3600000).toISOString()}`} aria-label={say} onMouseEnter={() => setTold(say)} onFocus={() => setTold(say)}>
            <rect {...at} fill="var(--electricity)" fill-opacity={0.08 + 0.92 * share} stroke={h.basis === 'provisional' ? 'var(--soft)' : 'none'} stroke-dasharray="3 2"><title>{say}</title></rect>
            {(h.basis === 'estimated' || h.coverage !== '1') && <rect {...at} fill="url(#estimate)" pointer-events="none" />}
          </a>;
        })}
      </g>)}
    </svg></div>
    <div class="row spread small soft"><span>{told || '\u00a0'}</span><span>0 <span class="scale" aria-hidden="true">{[0, .25, .5, .75, 1].map(s => <i key={s} style={{ opacity: .08 + .92 * s }} />)}</span> {fixed(String(most), most < 1 ? 3 : 1)} kWh · {t('hatched')}, {t('coverage')} &lt; 100 % · {t('gap')}</span></div>
  </>;
}
