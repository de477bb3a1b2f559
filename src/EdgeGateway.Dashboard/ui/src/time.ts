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

export function full(at: Date): string { return format({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }, at); }
