import { currentLanguage } from './words';

let zone: string | undefined;

/** Times are shown in the plant's zone, not in the reader's. */
export function setZone(name: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    zone = name;
  } catch { zone = undefined; }
}

export function plantZone(): string | undefined { return zone; }

function format(options: Intl.DateTimeFormatOptions, at: Date): string {
  return new Intl.DateTimeFormat(currentLanguage() === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: zone, hourCycle: 'h23', ...options }).format(at);
}

export function clock(at: Date): string { return format({ hour: '2-digit', minute: '2-digit', second: '2-digit' }, at); }

export function hourMinute(at: Date): string { return format({ hour: '2-digit', minute: '2-digit' }, at); }

export function day(at: Date): string { return format({ month: '2-digit', day: '2-digit' }, at); }

/** In ISO 8601 with the plant's offset, as the gateway reads it. */
export function isoLocal(at: Date): string {
  const part = (options: Intl.DateTimeFormatOptions, type: string): string => new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options }).formatToParts(at).find(p => p.type === type)?.value ?? '';
  const two = { month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', year: 'numeric' } as const;
  const offset = part({ timeZoneName: 'longOffset' }, 'timeZoneName').replace('GMT', '');
  return `${part(two, 'year')}-${part(two, 'month')}-${part(two, 'day')}T${part(two, 'hour')}:${part(two, 'minute')}${offset || 'Z'}`;
}

export function full(at: Date): string { return format({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }, at); }
