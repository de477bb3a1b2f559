import { useEffect, useState } from 'preact/hooks';
import { ask, Refused, type GatewayInfo, type Live } from './api';

// The stream speaks every second. Two seconds of silence are a lost connection, and the page says so.
const SILENCE_MS = 1900, RETRY_MS = 1000, LOOK_MS = 200;

export interface Line { live: Live | null; lost: boolean; since: number; again: number; login: boolean }

let line: Line = { live: null, lost: false, since: Date.now(), again: 0, login: false };
const watchers = new Set<(l: Line) => void>();
let source: EventSource | null = null;
let heard = Date.now();
let tried = 0;

function set(next: Partial<Line>): void {
  line = { ...line, ...next };
  for (const w of watchers) w(line);
}

function open(): void {
  source?.close();
  tried = Date.now();
  source = new EventSource('/api/v1/stream');
  source.addEventListener('live', e => {
    heard = Date.now();
    // After a silence everything on the page may be old: whoever shows data asks anew.
    set({ live: JSON.parse((e as MessageEvent<string>).data) as Live, lost: false, again: line.lost ? line.again + 1 : line.again, login: false });
  });
  source.onerror = () => void needsLogin();
}

async function needsLogin(): Promise<void> {
  try {
    await ask<GatewayInfo>('/api/v1/gateway');
  } catch (e) {
    if (e instanceof Refused && e.status === 401) set({ login: true });
  }
}

export function start(): void {
  open();
  setInterval(() => {
    const now = Date.now();
    if (!line.lost && now - heard > SILENCE_MS) set({ lost: true, since: heard });
    if (now - heard > SILENCE_MS && now - tried > RETRY_MS && !line.login) open();
  }, LOOK_MS);
}

/** Tries at once, as after a login. */
export function reopen(): void {
  set({ login: false });
  open();
}

export function useLine(): Line {
  const [now, setNow] = useState(line);
  useEffect(() => {
    watchers.add(setNow);
    setNow(line);
    return () => void watchers.delete(setNow);
  }, []);
  return now;
}

/** Asks a path, and again every `period` ms and after a lost connection. Keeps what it had while it asks. */
export function useData<T>(path: string | null, period = 5000): { data: T | null; error: string | null } {
  const { again } = useLine();
  const [got, setGot] = useState<{ path: string | null; data: T | null; error: string | null }>({ path: null, data: null, error: null });
  useEffect(() => {
    if (path === null) return;
    let ended = false, timer = 0;
    const look = async (): Promise<void> => {
      try {
        const data = await ask<T>(path);
        if (!ended) setGot({ path, data, error: null });
      } catch (e) {
        if (!ended) setGot(g => ({ path, data: g.path === path ? g.data : null, error: e instanceof Refused ? e.message : null }));
      }
      if (!ended && period > 0) timer = window.setTimeout(() => void look(), period);
    };
    void look();
    return () => { ended = true; clearTimeout(timer); };
  }, [path, period, again]);
  return got.path === path ? got : { data: null, error: null };
}
