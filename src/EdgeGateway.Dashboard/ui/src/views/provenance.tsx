import type { FactorSet, Input, Quantity, RecordInfo, Sums } from '../api';
import { fixed } from '../decimal';
import { Coverage, Figure, How, shownBasis } from '../figure';
import { useData } from '../live';
import type { Place } from '../place';
import { full } from '../time';
import { code, flag, t, unitWord, type Word } from '../words';

/** Any figure opens to here: window, revision, registers, totals, arithmetic. */
export function ProvenanceView({ place }: { place: Place }) {
  const q = place.query;
  const one = q.kind !== undefined;
  const parts = new URLSearchParams(one ? { unit: q.unit ?? '', kind: q.kind ?? '', start: q.start ?? '', id: q.id ?? '' } : { unit: q.unit ?? '', from: q.from ?? '', to: q.to ?? '' });
  const record = useData<RecordInfo>(one ? `/api/v1/record?${parts}` : null, 10000);
  const span = useData<Sums>(one ? null : `/api/v1/sums?${parts}`, 10000);
  const sums = one ? record.data?.sums : span.data;
  if (!sums) return <p class="soft">{record.error ?? span.error ?? t('loading')}</p>;
  return <>
    <section class="sheet stack">
      <h1>{t('provenance')}</h1>
      <div class="answers">
        {Object.entries(sums.carriers).map(([name, quantity]) => <Answer key={name} name={code(name)} quantity={quantity} places={6} />)}
        {sums.good && <Answer name={t('good')} quantity={sums.good} places={0} />}
        {sums.scrap && <Answer name={t('scrap')} quantity={sums.scrap} places={0} />}
      </div>
      <dl class="keys">
        <dt>{t('unit')}</dt><dd>{sums.unit}</dd>
        <dt>{t('from')}</dt><dd>{full(new Date(sums.from))} <code>{sums.from}</code></dd>
        <dt>{t('to')}</dt><dd>{full(new Date(sums.to))} <code>{sums.to}</code></dd>
        {record.data ? <><dt>{t('window')}</dt><dd>{record.data.kind} {record.data.id}</dd><dt>{t('revision')}</dt><dd><code>{record.data.epoch} / {record.data.seq}</code></dd></>
          : <><dt>{t('windowsUsed')}</dt><dd>{Object.entries(sums.windows).map(([k, n]) => `${n} × ${k}`).join(' + ') || '0'}</dd></>}
        <dt>{t('coverage')}</dt><dd>{fixed(sums.coverage, 6)} <Coverage share={sums.coverage} /></dd>
        <dt>{t('flags')}</dt><dd>{sums.flags.length === 0 ? '–' : sums.flags.map(flag).join(', ')}</dd>
      </dl>
    </section>
    <section class="sheet"><h2>{t('registers')}</h2><div class="stack">{sums.inputs.map(i => <InputSheet key={`${i.point}${i.role}${i.t0}`} input={i} />)}</div></section>
    {sums.figures.length > 0 && <section class="sheet"><h2>{t('figures')}</h2><dl class="keys">{sums.figures.map(f => [<dt key={f.id}>{code(f.id)}</dt>, <dd key={f.id + '='}><Figure q={f.quantity} places={6} difference={f.id === 'unmetered_kWh'} /> <How q={f.quantity} difference={f.id === 'unmetered_kWh'} />{f.quantity.reason && <span class="soft"> {code(f.quantity.reason)}</span>}</dd>])}</dl></section>}
    {(sums.sets ?? []).length > 0 && <section class="sheet"><h2>{t('rows')}</h2><div class="stack">{sums.sets.map(s => <SetSheet key={s.kind + s.stamp} set={s} />)}</div></section>}
    {record.data && record.data.segments.length > 1 && <section class="sheet scroll" tabIndex={0} role="group" aria-label={t('segments')}><h2>{t('segments')}</h2><table><thead><tr><th>{t('from')}</th><th>{t('to')}</th><th>{t('cut')}</th><th>{t('batch')}</th><th>{t('product')}</th></tr></thead>
      <tbody>{record.data.segments.map(s => <tr key={s.start}><td>{full(new Date(s.start))}</td><td>{full(new Date(s.end))}</td><td>{code(s.cut)}</td><td>{s.batch ?? '–'}</td><td>{s.product || '–'}</td></tr>)}</tbody></table></section>}
    {record.data && record.data.gauges.length > 0 && <section class="sheet scroll" tabIndex={0} role="group" aria-label={t('power')}><table><thead><tr><th>{t('point')}</th><th class="number">{t('mean')}</th><th class="number">{t('min')}</th><th class="number">{t('max')}</th><th class="number">{t('last')}</th></tr></thead>
      <tbody>{record.data.gauges.map(g => <tr key={g.point}><td>{g.point} <span class="soft">{g.unit}</span></td>{[g.mean, g.min, g.max, g.last].map((v, i) => <td key={i} class="number">{v === null ? '–' : v.toFixed(2)}</td>)}</tr>)}</tbody></table></section>}
  </>;
}

function Answer({ name, quantity, places }: { name: string; quantity: Quantity; places: number }) {
  return <div class="answer"><h2>{name}</h2><div class="middle"><Figure q={quantity} places={places} /></div>
    <div class="row small"><span class="how">{t(shownBasis(quantity) as Word)}</span>{quantity.bound && <span class="soft">{t('bound')} ±{quantity.bound} {unitWord(quantity.unit)}</span>}</div><p class="small soft">{t(`${quantity.basis}Means` as Word)}</p></div>;
}

/** The rows that coal equivalent and carbon rest on, each with who says so. */
function SetSheet({ set }: { set: FactorSet }) {
  return <div><h3>{code(set.kind)} <code class="soft">{set.stamp}</code></h3>
    {!set.in_force ? <p class="small soft">{t('otherSet')}</p> : <div class="scroll" tabIndex={0} role="group" aria-label={`${code(set.kind)} ${set.stamp}`}><table>
      <thead><tr><th>{t('use')}</th><th class="number">{t('value')}</th><th>{t('region')}</th><th>{t('ofYear')}</th><th>{t('validFrom')}</th><th>{t('citation')}</th></tr></thead>
      <tbody>{set.rows.map((r, i) => <tr key={i}><td>{code(r.carrier)}, {code(r.use)}</td><td class="number figure">{r.value} <span class="soft">{r.unit}</span></td><td>{r.region}</td><td class="figure">{r.year}</td><td class="figure">{r.from}</td>
        <td class="small cite">{r.document}; {r.source}{r.derivation && <> · {t('derivation')}: {r.derivation}</>}{!r.verified && <> <span class="how">{t('notVerified')}</span></>}</td></tr>)}</tbody></table></div>}
  </div>;
}

function InputSheet({ input: i }: { input: Input }) {
  return <div><h3>{i.point ?? '–'} <span class="soft small">{i.role === 'good' ? t('good') : code(i.role)}</span></h3>
    <dl class="keys">
      <dt>{t('t0')}</dt><dd class="code">{i.t0} / 65536</dd><dt>{t('t1')}</dt><dd class="code">{i.t1} / 65536</dd>
      <dt>{t('step')}</dt><dd class="code">{i.step} {unitWord(i.unit)}</dd><dt>{t('ratio')}</dt><dd class="code">{i.ratio}</dd><dt>{t('epoch')}</dt><dd class="code">{i.epoch}</dd>
      <dt>{t('arithmetic')}</dt><dd class="code">({i.t1} − {i.t0}) ÷ 65536 × {i.step} × {i.ratio}{i.sign < 0 && ' × (−1)'} = <b>{i.amount} {unitWord(i.amount_unit)}</b></dd>
      <dt>{t('basis')}</dt><dd>{t(i.basis as Word)}{i.bound && ` · ${t('bound')} ±${i.bound} ${unitWord(i.amount_unit)}`}{i.flags.length > 0 && ` · ${i.flags.map(flag).join(', ')}`}</dd>
    </dl></div>;
}
