import type { Basis, Quantity, Sums } from './api';
import { change, fixed, percent } from './decimal';
import { code, t, type Word } from './words';

/** A number with its unit, drawn as it is known: solid, hatched or dashed. */
export function Figure({ q, places, unit, href, size }: { q: Quantity | null | undefined; places: number; unit?: string; href?: string; size?: string }) {
  const basis = q?.value == null ? 'none' : q.basis;
  const inner = <><span class="digits">{fixed(q?.value, places)}</span>{q?.value != null && <span class="of">{unit ?? q.unit}</span>}</>;
  const title = q ? q.value === null && q.reason ? code(q.reason) : `${t(q.basis as Word)}: ${t(`${q.basis}Means` as Word)}${q.bound ? ` ±${q.bound} ${q.unit}` : ''}` : undefined;
  return <span class={`figure ${basis} ${size ?? ''}`} title={title}>{href ? <a href={href}>{inner}</a> : inner}</span>;
}

export function Value({ text, places, unit, size }: { text: string | null | undefined; places: number; unit: string; size?: string }) {
  return <span class={`figure ${text == null ? 'none' : 'exact'} ${size ?? ''}`}><span class="digits">{fixed(text, places)}</span>{text != null && <span class="of">{unit}</span>}</span>;
}

/** Says how a figure is known where it is not simply exact. */
export function How({ basis }: { basis: Basis | undefined }) {
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
