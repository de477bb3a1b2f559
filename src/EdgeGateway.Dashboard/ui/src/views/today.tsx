import type { Heat } from '../api';
import { fixed, percent, pixels } from '../decimal';
import { useData } from '../live';
import { code, t, type Word } from '../words';

type Hour = NonNullable<Heat['days'][number]['hours'][number]>;

/** The day at one glance: every hour of today as a bar, yesterday's as a mark behind it. */
export function TodayByHour({ unit, name }: { unit: string; name?: string }) {
  const { data } = useData<Heat>(`/api/v1/heat?unit=${encodeURIComponent(unit)}&days=2`, 30000);
  const [before, today] = data?.days ?? [];
  if (!before || !today) return null;
  const most = Math.max(...[...before.hours, ...today.hours].map(h => pixels(h?.kwh) ?? 0));
  if (most <= 0) return null;
  return <section class="sheet" aria-label={t('byHour')}>
    <div class="row spread"><h2>{t('byHour')}{name && ` · ${name}`}</h2><div class="row small soft"><span class="key today">{t('today')}</span>{before.hours.some(h => h?.kwh != null) && <span class="key before">{t('yesterday')}</span>}<span class="figure">{t('max')} {fixed(String(most), 2)} kWh</span></div></div>
    <div class="hours">{today.hours.map((h, i) => <HourBar key={i} hour={h} before={before.hours[i] ?? null} at={i} most={most} unit={unit} />)}</div>
  </section>;
}

function HourBar({ hour, before, at, most, unit }: { hour: Hour | null; before: Hour | null; at: number; most: number; unit: string }) {
  const height = (h: Hour | null): string => `${Math.max(0, pixels(h?.kwh) ?? 0) / most * 100}%`;
  const partly = hour && (hour.basis === 'estimated' || hour.coverage !== '1');
  const say = `${at}:00 · ${hour?.kwh == null ? t('noData') : `${fixed(hour.kwh, 2)} kWh · ${code(hour.basis)}${hour.coverage !== '1' ? ` · ${t('coverage')} ${percent(hour.coverage, 1, true)}` : ''}`}${before?.kwh != null ? ` · ${t('yesterday')} ${fixed(before.kwh, 2)} kWh` : ''}`;
  const inside = <><span class="column">{before?.kwh != null && <i class="before" style={{ height: height(before) }} />}{hour?.kwh != null && <i class={`today ${partly ? 'estimated' : hour.basis as Word}`} style={{ height: height(hour) }} />}</span><span class="soft small digits">{at}</span></>;
  if (!hour) return <span class="hour" title={say}>{inside}</span>;
  return <a class="hour" title={say} aria-label={say} href={`#/provenance?unit=${encodeURIComponent(unit)}&from=${hour.start}&to=${new Date(new Date(hour.start).getTime() + 3600000).toISOString()}`}>{inside}</a>;
}
