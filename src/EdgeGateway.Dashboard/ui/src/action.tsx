import { useState } from 'preact/hooks';
import { Refused } from './api';
import { act, type SessionInfo } from './session';
import { t, type Word } from './words';

interface Outcome { ok: boolean; text: string }

function useAction(session: SessionInfo, action: string): { busy: boolean; outcome: Outcome | null; run: (args: Record<string, string>) => Promise<void>; clear: () => void } {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const run = async (args: Record<string, string>): Promise<void> => {
    setBusy(true);
    try {
      setOutcome({ ok: true, text: (await act(session, action, args)).join('\n') });
    } catch (e) {
      setOutcome({ ok: false, text: e instanceof Refused ? e.message : t('lost') });
    }
    setBusy(false);
  };
  return { busy, outcome, run, clear: () => setOutcome(null) };
}

function Said({ outcome }: { outcome: Outcome | null }) {
  return <div role="status" class="small">{outcome && <><b class={outcome.ok ? 'less' : 'error'}>{t(outcome.ok ? 'done' : 'refused')}</b> <span class="lines">{outcome.text}</span></>}</div>;
}

/** A button that has something done: the first press asks, the second does it. */
export function Act({ session, action, args, label, sure }: { session: SessionInfo; action: string; args: Record<string, string>; label: Word; sure: Word }) {
  const { busy, outcome, run, clear } = useAction(session, action);
  const [asked, setAsked] = useState(false);
  return <span class="act">
    {!asked ? <button class="quiet" disabled={busy} onClick={() => { clear(); setAsked(true); }}>{t(label)}</button>
      : <span class="row"><b class="small">{t(sure)}</b><button class="quiet" disabled={busy} onClick={() => { setAsked(false); void run(args); }}>{t('yes')}</button><button class="quiet" onClick={() => setAsked(false)}>{t('no')}</button></span>}
    <Said outcome={outcome} />
  </span>;
}

/** Says that the meter behind a counter was replaced. */
export function ReplaceForm({ session, point, now }: { session: SessionInfo; point: string; now: string }) {
  const { busy, outcome, run } = useAction(session, 'replace');
  return <details class="small"><summary>{t('replaced')}</summary>
    <form class="fields" onSubmit={e => { e.preventDefault(); const f = new FormData(e.currentTarget); void run({ point, ...Object.fromEntries(['at', 'final', 'initial', 'ratio'].map(n => [n, String(f.get(n) ?? '').trim()])) }); }}>
      <label>{t('replacedAt')}<input name="at" placeholder={now} /></label>
      <label>{t('finalReading')}<input name="final" inputMode="decimal" placeholder={t('notKnown')} /></label>
      <label>{t('initialReading')}<input name="initial" inputMode="decimal" placeholder={t('notKnown')} /></label>
      <label>{t('newRatio')}<input name="ratio" inputMode="decimal" placeholder={t('sameRatio')} /></label>
      <button class="quiet" type="submit" disabled={busy}>{t('sayReplaced')}</button>
      <p class="soft">{t('replacedNote')}</p>
      <Said outcome={outcome} />
    </form></details>;
}
