import type { Basis, Quantity, Sums } from './api';
import { change, fixed, percent, pixels } from './decimal';
import { code, t, unitWord, type Word } from './words';

/** A ratio or a difference of lower bounds is no lower bound itself: it must not be drawn as one. */
export function shownBasis(q: Quantity, difference = false): Basis | 'of_bounds' {
  return q.basis === 'lower_bound' && (difference || q.unit === '' || q.unit.includes('/')) ? 'of_bounds' : q.basis;
}

/** A number with its unit, drawn as it is known: solid, hatched or dashed. */
export function Figure({ q, places, unit, href, size, difference }: { q: Quantity | null | undefined; places: number; unit?: string; href?: string; size?: string; difference?: boolean }) {
  const basis = q?.value == null ? 'none' : shownBasis(q, difference);
  const inner = <><span class="digits">{fixed(q?.value, places)}</span>{q?.value != null && <span class="of">{unitWord(unit ?? q.unit)}</span>}</>;
  const title = q ? q.value === null && q.reason ? code(q.reason) : `${t(basis as Word)}: ${t(`${basis}Means` as Word)}${q.bound ? ` ±${q.bound} ${unitWord(q.unit)}` : ''}` : undefined;
  return <span class={`figure ${basis} ${size ?? ''}`} title={title}>{href ? <a href={href}>{inner}</a> : inner}</span>;
}

export function Value({ text, places, unit, size }: { text: string | null | undefined; places: number; unit: string; size?: string }) {
  return <span class={`figure ${text == null ? 'none' : 'exact'} ${size ?? ''}`}><span class="digits">{fixed(text, places)}</span>{text != null && <span class="of">{unit}</span>}</span>;
}

/** Says how a figure is known where it is not simply exact. */
export function How({ q, difference }: { q: Quantity | null | undefined; difference?: boolean }) {
  const basis = q ? shownBasis(q, difference) : undefined;
  if (!basis || basis === 'exact') return null;
  return <span class={`how ${basis}`} title={t(`${basis}Means` as Word)}>{t(basis as Word)}</span>;
}

/** Coverage is said as soon as it is not whole. */
export function Coverage({ share }: { share: string | undefined }) {
  if (share === undefined || share === '1') return null;
  return <span class="how" title={t('coverage')}>{t('coverage')} {percent(share, 1, true)}</span>;
}

export function Against({ now, before }: { now: Quantity | null | undefined; before: Quantity | null | undefined }) {
  const c = change(now?.value, before?.value);
  if (!c) return <span class="soft small">{t('noYesterday')}</span>;
  return <span class="small"><b class={c.sign < 0 ? 'less' : c.sign > 0 ? 'more' : ''}>{c.text}</b> <span class="soft">{t('sameTime')}</span></span>;
}

/** How a figure stands to what the map aims at. Less is better. */
export function Target({ now, aim, places }: { now: Quantity | null | undefined; aim: string | undefined; places: number }) {
  if (aim === undefined) return null;
  const c = change(now?.value, aim);
  return <span class="small"><span class="soft">{t('target')} {fixed(aim, places)}</span>{c && <> <b class={c.sign > 0 ? 'more' : 'less'}>{c.sign > 0 ? '▲' : c.sign < 0 ? '▼' : '='} {c.text}</b> <span class="soft">{t(c.sign > 0 ? 'overTarget' : c.sign < 0 ? 'underTarget' : 'onTarget')}</span></>}</span>;
}

/** The energy of each state as a share of all, with the idle share in figures. */
export function IdleShare({ sums }: { sums: Sums }) {
  const idle = figureOf(sums, 'idle_share'), parts = ['running', 'idle', 'stopped', 'unknown'].map(s => [s, Math.max(0, pixels(sums.energy_by_state[s]) ?? 0)] as const);
  const all = parts.reduce((n, [, v]) => n + v, 0);
  if (idle?.value == null || all <= 0) return null;
  return <div class="small"><div class="row"><span class="soft">{t('idleShare')}</span><b class="figure">{percent(idle.value, 1)}</b></div>
    <div class="bar" role="img" aria-label={parts.map(([s, v]) => `${code(s)} ${(v / all * 100).toFixed(1)} %`).join(', ')}>{parts.map(([s, v]) => v > 0 && <i key={s} class={s} style={{ width: `${v / all * 100}%` }} title={`${code(s)} ${(v / all * 100).toFixed(1)} %`} />)}</div></div>;
}

export function State({ state }: { state: string }) {
  return <span class={`state ${state}`}>{code(state)}</span>;
}

export function figureOf(sums: Sums, id: string): Quantity | undefined {
  return sums.figures.find(f => f.id === id)?.quantity;
}

export function energyOf(sums: Sums): Quantity | undefined {
  return sums.carriers.electricity;
}

/** The address of the page that says where a sum comes from. */
export function originOf(sums: Sums): string {
  return `#/provenance?unit=${encodeURIComponent(sums.unit)}&from=${encodeURIComponent(sums.from)}&to=${encodeURIComponent(sums.to)}`;
}
