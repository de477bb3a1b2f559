import type { Flow, FlowNode } from '../api';
import { useEffect, useRef, useState } from 'preact/hooks';
import { fixed, pixels } from '../decimal';
import { Figure, How } from '../figure';
import { useData } from '../live';
import { go, type Place } from '../place';
import { t, type Word } from '../words';

const spans = ['today', 'yesterday', 'month'] as const;

/** Where the electricity goes: from the supply to the lines, and what no meter explains. */
export function FlowView({ place }: { place: Place }) {
  const span = spans.find(s => s === place.query.span) ?? 'today';
  const { data, error } = useData<Flow>(`/api/v1/flow?span=${span}`, 10000);
  return <>
    <section class="sheet">
      <div class="row spread"><h1>{t('flow')}</h1><div class="row" role="group" aria-label={t('time')}>{spans.map(s => <button key={s} class="quiet" aria-pressed={s === span} onClick={() => go('flow', { span: s })}>{t(s as Word)}</button>)}</div></div>
      {data ? <Picture flow={data} /> : <p class="soft">{error ?? t('loading')}</p>}
      <p class="small soft">{t('restNote')}</p>
    </section>
    {data && <section class="sheet scroll" tabIndex={0} role="group" aria-label={t('flow')}><table>
      <thead><tr><th>{t('unit')}</th><th class="number">{t('energy')} kWh</th><th class="number">{t('rest')} kWh</th><th>{t('basis')}</th></tr></thead>
      <tbody>{data.nodes.map(n => <tr key={n.unit}><td><a href={origin(data, n)}>{n.unit}</a></td><td class="number"><Figure q={n.energy} places={2} unit="" /></td><td class="number">{n.rest ? <Figure q={n.rest} places={2} unit="" difference /> : '–'}</td><td><How q={n.energy} />{n.energy?.basis === 'exact' && t('exact')}</td></tr>)}</tbody>
    </table></section>}
  </>;
}

const origin = (flow: Flow, node: FlowNode): string => `#/provenance?unit=${encodeURIComponent(node.unit)}&from=${flow.from}&to=${flow.to}`;

interface Box { name: string; node: FlowNode; energy: number; text: string; x: number; y: number; height: number; depth: number; rest: boolean; basis: string; from?: Box; fromY?: number }

/** Small plants have small figures. */
const places = (kwh: number): number => kwh < 1 ? 3 : kwh < 100 ? 2 : 1;

/** Lays the tree out from left to right: a child's height is its share of the supply. */
function layout(nodes: FlowNode[], width: number, height: number): Box[] {
  const roots = nodes.filter(n => n.parent === null);
  const total = roots.reduce((sum, n) => sum + Math.max(0, pixels(n.energy?.value) ?? 0), 0);
  if (total <= 0) return [];
  const deepest = Math.max(...nodes.map(n => depthOf(n, nodes) + (n.rest?.value ? 1 : 0)));
  const column = (width - Math.min(200, width * .5)) / Math.max(1, deepest), gap = 14, leaves = nodes.length + nodes.filter(n => n.rest?.value).length;
  const scale = Math.max(40, height - gap * leaves) / total;
  const boxes: Box[] = [];
  const place = (node: FlowNode, depth: number, y: number, from?: Box, fromY?: number): number => {
    const energy = Math.max(0, pixels(node.energy?.value) ?? 0);
    const box: Box = { name: node.unit, node, energy, text: fixed(node.energy?.value, places(energy)), x: depth * column, y, height: Math.max(2, energy * scale), depth, rest: false, basis: node.energy?.basis ?? 'none', from, fromY };
    boxes.push(box);
    let childY = y, out = y;
    for (const child of nodes.filter(n => n.parent === node.unit)) {
      const size = Math.max(0, pixels(child.energy?.value) ?? 0) * scale;
      const end = place(child, depth + 1, childY, box, out);
      out += size;
      childY = end + gap;
    }
    const rest = pixels(node.rest?.value);
    if (rest !== null && rest > 0) {
      const size = Math.max(1, rest * scale);
      boxes.push({ name: t('rest'), node, energy: rest, text: fixed(node.rest?.value, places(rest)), x: (depth + 1) * column, y: childY, height: size, depth: depth + 1, rest: true, basis: node.rest!.basis, from: box, fromY: out });
      childY += size + gap;
    }
    return Math.max(box.y + box.height, childY - gap);
  };
  let y = 8;
  for (const root of roots) y = place(root, 0, y) + gap;
  return boxes;
}

function depthOf(node: FlowNode, nodes: FlowNode[]): number {
  const parent = nodes.find(n => n.unit === node.parent);
  return parent ? 1 + depthOf(parent, nodes) : 0;
}

function Picture({ flow }: { flow: Flow }) {
  const host = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(960);
  // Texts keep their size: on a phone the picture is drawn narrower, not smaller.
  useEffect(() => {
    const node = host.current!;
    const watch = new ResizeObserver(() => setWidth(Math.min(960, Math.max(320, node.clientWidth))));
    watch.observe(node);
    return () => watch.disconnect();
  }, []);
  return <div ref={host}><Sankey flow={flow} width={width} /></div>;
}

function Sankey({ flow, width }: { flow: Flow; width: number }) {
  const height = 380, bar = 18;
  const boxes = layout(flow.nodes, width, height);
  if (boxes.length === 0) return <p class="soft">{t('noData')}</p>;
  const bottom = Math.max(...boxes.map(b => b.y + Math.max(b.height, 34))) + 10;
  return <svg viewBox={`0 0 ${width} ${bottom}`} width="100%" role="group" aria-label={t('flow')}>
    <defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8" fill="var(--electricity-pale)" /><rect width="3" height="8" fill="var(--electricity)" fill-opacity=".45" /></pattern></defs>
    {boxes.filter(b => b.from).map(b => {
      const x0 = b.from!.x + bar, middle = (x0 + b.x) / 2, thick = Math.max(1, b.height);
      return <path key={`${b.name}-${b.y}`} d={`M${x0},${b.fromY!} C${middle},${b.fromY!} ${middle},${b.y} ${b.x},${b.y} V${b.y + thick} C${middle},${b.y + thick} ${middle},${b.fromY! + thick} ${x0},${b.fromY! + thick} Z`}
        fill={b.rest ? 'var(--field)' : b.basis === 'estimated' ? 'url(#hatch)' : 'var(--electricity-pale)'} stroke={b.rest || b.basis === 'provisional' ? 'var(--soft)' : 'none'} stroke-dasharray="5 4" stroke-width="1" />;
    })}
    {boxes.map(b => <g key={`${b.name}+${b.y}`}>
      <rect x={b.x} y={b.y} width={bar} height={b.height} rx="2" fill={b.rest ? 'var(--unknown)' : 'var(--electricity)'} />
      <a href={origin(flow, b.node)}><text x={b.x + bar + 8} y={b.y + Math.min(b.height / 2, 12) + 4} font-size="15" font-weight="600">{b.name}</text></a>
      <text x={b.x + bar + 8} y={b.y + Math.min(b.height / 2, 12) + 23} font-size="14" class="soft">{b.text} kWh</text>
    </g>)}
  </svg>;
}
