// Exact decimals as the gateway writes them. They are rounded for display and compared here, but never pass through a float.

interface Exact { digits: bigint; places: number }

function parse(text: string): Exact | null {
  const m = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!m) return null;
  const fraction = m[3] ?? '';
  return { digits: BigInt(`${m[1]}${m[2]}${fraction}`), places: fraction.length };
}

function divideHalfEven(value: bigint, divisor: bigint): bigint {
  if (divisor < 0n) { value = -value; divisor = -divisor; }
  const negative = value < 0n;
  const size = negative ? -value : value;
  let quotient = size / divisor;
  const twice = (size % divisor) * 2n;
  if (twice > divisor || (twice === divisor && quotient % 2n === 1n)) quotient += 1n;
  return negative ? -quotient : quotient;
}

function scaled(value: Exact, places: number): bigint {
  return places >= value.places ? value.digits * 10n ** BigInt(places - value.places) : divideHalfEven(value.digits, 10n ** BigInt(value.places - places));
}

function write(digits: bigint, places: number): string {
  const negative = digits < 0n;
  const text = (negative ? -digits : digits).toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places).replace(/\B(?=(\d{3})+$)/g, '\u202f');
  return (negative ? '−' : '') + whole + (places > 0 ? '.' + text.slice(text.length - places) : '');
}

/** Half-even to fixed places, thousands apart; what is no number stays as it is. */
export function fixed(text: string | null | undefined, places: number): string {
  if (text === null || text === undefined) return '–';
  const value = parse(text);
  return value ? write(scaled(value, places), places) : text;
}

/** A share of one as a percentage. Cut and not rounded where `cut` is set: what lacks a moment must not read 100. */
export function percent(text: string | null | undefined, places: number, cut = false): string {
  const value = text ? parse(text) : null;
  if (!value) return '–';
  const hundred = { digits: value.digits * 100n, places: value.places };
  const digits = cut && hundred.places > places ? hundred.digits / 10n ** BigInt(hundred.places - places) : scaled(hundred, places);
  return write(digits, places) + '\u202f%';
}

/** How much `now` lies above `before`, in percent; null where there is nothing to compare with. */
export function change(now: string | null | undefined, before: string | null | undefined): { text: string; sign: number } | null {
  const a = now ? parse(now) : null, b = before ? parse(before) : null;
  if (!a || !b || b.digits === 0n) return null;
  const places = Math.max(a.places, b.places);
  const tenths = divideHalfEven((scaled(a, places) - scaled(b, places)) * 1000n, scaled(b, places));
  const text = write(tenths, 1);
  return { text: (tenths > 0n ? '+' : '') + text + '\u202f%', sign: tenths > 0n ? 1 : tenths < 0n ? -1 : 0 };
}

/** The sum of exact decimals; null where one is missing. */
export function sum(texts: (string | null | undefined)[]): string | null {
  let digits = 0n;
  const places = 12;
  for (const text of texts) {
    const value = text ? parse(text) : null;
    if (!value) return null;
    digits += scaled(value, places);
  }
  const negative = digits < 0n;
  const all = (negative ? -digits : digits).toString().padStart(places + 1, '0');
  return (negative ? '-' : '') + all.slice(0, -places) + '.' + all.slice(-places);
}

/** For the length of a line in a picture, and nothing else. */
export function pixels(text: string | null | undefined): number | null {
  if (text === null || text === undefined) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
