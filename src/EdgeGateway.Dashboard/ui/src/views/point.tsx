import { useMemo } from 'preact/hooks';
import type { Samples } from '../api';
import { Chart, type Frame, type Series } from '../charts/chart';
import { useData } from '../live';
import { ReplaceForm } from '../action';
import { go, type Place } from '../place';
import { may, useSession } from '../session';
import { isoLocal } from '../time';
import { t, unitWord, type Word } from '../words';

const spans: Record<string, number> = { '15m': 900, '1h': 3600 };

/** The readings of one point as they came, out of the input log. */
export function PointView({ place }: { place: Place }) {
  const point = place.query.point ?? '', span = place.query.span ?? '15m', seconds = spans[span] ?? 900;
  const to = Math.ceil(Date.now() / 60000) * 60, from = to - seconds;
  const { data, error } = useData<Samples>(`/api/v1/samples?${new URLSearchParams({ point, from: new Date(from * 1000).toISOString(), to: new Date(to * 1000).toISOString() })}`, 5000);
  const session = useSession();
  return <section class="sheet">
    <div class="row spread"><h1>{point}</h1><div class="row" role="group" aria-label={t('time')}>{Object.keys(spans).map(s => <button key={s} class="quiet" aria-pressed={s === span} onClick={() => go('point', { point, span: s })}>{t(`span_${s}` as Word)}</button>)}</div></div>
    {data ? <Curve samples={data} from={from} to={to} /> : <p class="soft">{error ?? t('loading')}</p>}
    {data?.kind === 'counter' && session && may(session, 'operator') && <ReplaceForm session={session} point={point} now={isoLocal(new Date())} />}
  </section>;
}

/** The usual distance of neighbours: what lies three times as far apart is a gap. */
function usual(starts: number[]): number {
  const apart = starts.slice(1).map((at, i) => at - starts[i]!).sort((a, b) => a - b);
  return apart[Math.floor(apart.length / 2)] ?? 0;
}

function Curve({ samples: s, from, to }: { samples: Samples; from: number; to: number }) {
  // Counters and states are drawn by their register; figures of energy are made from totals elsewhere.
  const rows = useMemo(() => s.start_s.map((_, i) => i).filter(i => s.good[i]! > 0), [s]);
  const frame = useMemo((): Frame => ({ start: rows.map(i => s.start_s[i]!), length: rows.map(() => s.span_s), basis: rows.map(() => 'exact' as const), plain: true, slack: 3 * usual(rows.map(i => s.start_s[i]!)) }), [rows, s]);
  const gauge = s.mean.some(v => v !== null);
  const series = useMemo((): Series[] => gauge
    ? [{ name: t('mean'), unit: unitWord(s.unit), color: 'electricity', values: rows.map(i => s.mean[i]!), texts: rows.map(i => s.min[i] === s.max[i] ? s.mean[i]!.toPrecision(6) : `${s.mean[i]!.toPrecision(6)} (${s.min[i]!.toPrecision(6)} … ${s.max[i]!.toPrecision(6)})`) }]
    : [{ name: t('register'), unit: '', color: 'electricity', values: rows.map(i => Number(s.register[i])), texts: rows.map(i => s.register[i] ?? null), floating: true }], [gauge, rows, s]);
  const sum = (column: number[]): number => column.reduce((a, b) => a + b, 0);
  return <>
    {rows.length === 0 ? <p class="soft">{t('noData')}</p> : <Chart label={s.point} frame={frame} series={series} from={from} to={to} height={320} />}
    <p class="small soft">{t('readings')}: {t('withValue')} {sum(s.good)} · {t('withoutValue')} {sum(s.bad)} · {t('oneOf')} {s.span_s} s{s.truncated && ` · ${t('tooMuch')}`}</p>
  </>;
}
