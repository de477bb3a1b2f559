// Shapes of the API as far as the page uses them, and the two ways to ask it: once, and the live stream.

import { currentLanguage } from './words';

export type Basis = 'exact' | 'estimated' | 'lower_bound' | 'provisional' | 'none';
export interface Quantity { value: string | null; unit: string; basis: Basis; bound: string | null; reason: string | null }
export interface Named { id: string; quantity: Quantity }
export interface Input { point: string | null; role: string; carrier: string; epoch: number; sign: number; t0: string; t1: string; step: string; ratio: string; unit: string; amount_unit: string; amount: string; basis: Basis; bound: string | null; flags: string[] }
export interface Sums { unit: string; from: string; to: string; carriers: Record<string, Quantity>; good: Quantity | null; scrap: Quantity | null; figures: Named[]; state_seconds: Record<string, string>; energy_by_state: Record<string, string>; coverage: string; flags: string[]; windows: Record<string, number>; inputs: Input[]; sets: FactorSet[] }
export interface FactorRow { use: string; carrier: string; value: string; unit: string; region: string; year: number; from: string; verified: boolean; derivation: string; document: string; source: string }
export interface FactorSet { kind: string; stamp: string; in_force: boolean; rows: FactorRow[] }
export interface Alarm { code: string; severity: 'stop' | 'fault' | 'note'; subject: string; detail: string | null; text: string; since: number }
export interface LiveUnit { unit: string; parent: string | null; state: string; power_kw: string | null; power_quality: string }
export interface Live { t: string; gateway: string; clock_verified: boolean; durable_record: number; durable_event: number; units: LiveUnit[]; alarms: Alarm[] }
export interface OverviewUnit { unit: string; parent: string | null; item: string; targets: Record<string, string>; today: Sums; yesterday: Sums; month: Sums }
export interface Overview { gateway: string; t: string; timezone: string; day_start: string; month_start: string; now: Live; units: OverviewUnit[] }
export interface UnitInfo { unit: string; parent: string | null; has_electricity: boolean; has_output: boolean; has_state: boolean; item: string; product: string | null; targets: Record<string, string>; gauges: string[]; by_product: boolean }
export interface GatewayInfo { gateway: string; version: string; timezone: string; started: string; base_window: string; windows: string[]; units: UnitInfo[] }
export interface History { unit: string; kind: string; from: string; to: string; truncated: boolean; start_s: number[]; length_s: number[]; window_id: string[]; kwh: (string | null)[]; basis: Basis[]; good: (string | null)[]; coverage: string[]; power_mean_kw: (number | null)[]; power_min_kw: (number | null)[]; power_max_kw: (number | null)[]; state_s: number[][]; figures: Record<string, (string | null)[]> }
export interface Samples { point: string; kind: string; unit: string; truncated: boolean; span_s: number; start_s: number[]; good: number[]; bad: number[]; mean: (number | null)[]; min: (number | null)[]; max: (number | null)[]; register: (string | null)[] }
export interface Gauge { point: string | null; unit: string; mean: number | null; min: number | null; max: number | null; last: number | null; covered_s: string }
export interface RecordInfo { gateway: string; kind: string; id: string; epoch: number; seq: number; void: boolean; sums: Sums; gauges: Gauge[]; segments: { start: string; end: string; cut: string; batch: string | null; product: string | null }[] }
export interface FlowNode { unit: string; parent: string | null; energy: Quantity | null; rest: Quantity | null }
export interface Flow { from: string; to: string; nodes: FlowNode[] }
export interface Heat { unit: string; days: { day: string; hours: ({ start: string; kwh: string | null; basis: Basis; coverage: string } | null)[] }[] }
export interface Point { point: string; kind: string; unit: string; value: string | null; raw: string | null; quality: string; t: string | null; words: string | null; poll: string }
export interface Device { name: string; template: string | null; online: boolean; last_error: string | null; last_good: string | null; round_trip_ms: string; mean_round_trip_ms: string; slowest_round_trip_ms: string; skipped_cycles: number; second_answers: number; errors: number; timeouts: number; exceptions: number; malformed: number; clock_ahead_s: string | null; replaced_times: number; points: Point[] }
export interface Connection { name: string; driver: string; connected: boolean; last_error: string | null; requests: number; responses: number; bytes_sent: number; bytes_received: number; connects: number; skipped_cycles: number; stray_frames: number; foreign_frames: number; refused_dial_ins: number; utilisation: string; devices: Device[] }
export interface Publisher { name: string; connected: boolean; last_error: string | null; accepted: number; retried: number; rejected: number; skipped: number; failures: number; bytes_sent: number; backlog: Record<string, number> }
export interface Devices { t: string; connections: Connection[]; publishers: Publisher[]; quarantine: { publisher: string; stream: string; id: number; at: string; reason: string }[]; box: { clock_trusted: boolean; clock_verified: boolean; clock_source: string; clock_ahead_s: string; clock_steps: number; store_fault: string | null; store_pending: number; store_commits: number; store_records: number; store_failures: number; memory_bytes: number; live_clients: number; live_dropped: number; metering: Record<string, number> } }
export interface ProductRow { product: string | null; units: string[]; start_s: number; length_s: number; window_id: string; sums: Sums }
export interface Products { unit: string; kind: string; truncated: boolean; rows: ProductRow[]; totals: { product: string | null; units: string[]; sums: Sums }[] }
export interface Happening { id: number; event: string; at: string; subject: string; details: Record<string, string> }
export interface Events { events: Happening[]; before: number | null }

/** What the gateway said was wrong. */
export class Refused extends Error {
  constructor(readonly status: number, message: string) { super(message); }
}

export async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  // What is refused is said in the language of the page, not of the browser.
  const headers = { 'accept-language': currentLanguage() === 'zh' ? 'zh-CN' : 'en', ...init?.headers as Record<string, string> };
  const response = await fetch(path, { cache: 'no-store', credentials: 'same-origin', ...init, headers });
  const text = await response.text();
  let body: unknown;
  try { body = JSON.parse(text); } catch { body = { error: `${response.status} ${response.statusText}` }; }
  if (!response.ok) throw new Refused(response.status, (body as { error?: string }).error ?? response.statusText);
  return body as T;
}

export function query(path: string, parts: Record<string, string | number | undefined>): string {
  const q = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) if (value !== undefined && value !== '') q.set(name, String(value));
  return `${path}?${q}`;
}
