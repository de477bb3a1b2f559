import { useState } from 'preact/hooks';
import { query, type Events, type Happening } from '../api';
import { useData } from '../live';
import { full } from '../time';
import { code, t } from '../words';

/** Words of the gateway in the reader's language, instants in the plant's time; all else as it is. */
function said(name: string, value: string): string {
  if (['verb', 'source', 'reason', 'stream'].includes(name) || value === 'all') return code(value);
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? full(new Date(value)) : value;
}

/** What happened. Where clock_wait ran out, no source made the clock trusted: that is said in words of its own, not by a source that is none. */
function happened(e: Happening): { name: string; details: [string, string][] } {
  const taken = e.event === 'clock_trusted' && e.details.source === 'unverified';
  return { name: code(taken ? 'clock_taken' : e.event), details: Object.entries(e.details).filter(([k, v]) => v !== '' && !(taken && k === 'source')) };
}

export function EventsView() {
  const [before, setBefore] = useState<number | null>(null);
  const [audit, setAudit] = useState(false);
  const { data, error } = useData<Events>(query('/api/v1/events', { before: before ?? undefined, kind: audit ? 'operator' : undefined }), before ? 0 : 3000);
  if (!data) return <p class="soft">{error ?? t('loading')}</p>;
  return <section class="sheet"><div class="row spread"><h1>{t('eventsAndAudit')}</h1><div class="row" role="group" aria-label={t('events')}>{[false, true].map(a => <button key={String(a)} class="quiet" aria-pressed={audit === a} onClick={() => { setAudit(a); setBefore(null); }}>{t(a ? 'audit' : 'everything')}</button>)}</div></div>
    {data.events.length === 0 && <p class="soft">{t('noEvents')}</p>}
    <div class="scroll" tabIndex={0} role="group" aria-label={t('events')}><table class="log"><thead><tr><th>{t('time')}</th><th>{t('event')}</th><th>{t('subject')}</th><th>{t('details')}</th></tr></thead>
      <tbody>{data.events.map(e => ({ ...e, ...happened(e) })).map(e => <tr key={e.id}><td class="figure">{full(new Date(e.at))}</td><td>{e.name}</td><td>{e.subject}</td><td class="small">{e.details.map(([k, v]) => <span key={k}><span class="soft">{code(k)}</span> {said(k, v)} &nbsp;</span>)}</td></tr>)}</tbody></table></div>
    <div class="row">{before && <button class="quiet" onClick={() => setBefore(null)}>{t('now')}</button>}{data.before && <button class="quiet" onClick={() => setBefore(data.before)}>{t('older')}</button>}</div>
  </section>;
}
