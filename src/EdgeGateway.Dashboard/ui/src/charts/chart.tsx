import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Basis } from '../api';
import { clock, hourMinute, day, full, plantZone } from '../time';
import { t, type Word } from '../words';

export interface Series { name: string; unit: string; values: (number | null)[]; texts: (string | null)[]; color: string; bars?: boolean; aim?: number | null; floating?: boolean }
export interface Frame { start: number[]; length: number[]; basis: Basis[]; states?: number[][]; slack?: number; plain?: boolean }

const stateNames = ['running', 'idle', 'stopped', 'unknown'] as const;
const styleOf = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Hatching for what is estimated, in the colour of the quantity. */
function hatch(color: string): CanvasPattern {
  const scale = devicePixelRatio || 1, side = 8 * scale;
  const tile = document.createElement('canvas');
  tile.width = tile.height = side;
  const g = tile.getContext('2d')!;
  g.strokeStyle = color;
  g.lineWidth = 1.6 * scale;
  for (const shift of [-side, 0, side]) {
    g.beginPath();
    g.moveTo(shift, side);
    g.lineTo(shift + side, 0);
    g.stroke();
  }
  return g.createPattern(tile, 'repeat')!;
}

/** A hole between two windows becomes an empty place, so that no line crosses it. */
function withGaps(frame: Frame, columns: (number | null)[][]): { x: number[]; rows: number[]; columns: (number | null)[][] } {
  const x: number[] = [], rows: number[] = [], out: (number | null)[][] = columns.map(() => []);
  frame.start.forEach((start, i) => {
    const before = i > 0 ? frame.start[i - 1]! + frame.length[i - 1]! : start;
    if (start > before + (frame.slack ?? 0)) {
      x.push(before + frame.length[i]! / 2);
      rows.push(-1);
      out.forEach(c => c.push(null));
    }
    x.push(start + frame.length[i]! / 2);
    rows.push(i);
    columns.forEach((c, n) => out[n]!.push(c[i] ?? null));
  });
  return { x, rows, columns: out };
}

/** Draws windows over time: lines or bars as they are known, states as a band below. A click leads to where the figure comes from. */
export function Chart({ frame, series, from, to, height = 220, open, label }: { frame: Frame; series: Series[]; from: number; to: number; height?: number; open?: (index: number) => void; label: string }) {
  const host = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<number | null>(null);
  const theme = document.documentElement.dataset.theme;
  useEffect(() => {
    const node = host.current!;
    const split = splitByBasis(frame, series);
    const gaps = withGaps(frame, split.map(s => s.values));
    const width = () => Math.max(120, node.clientWidth);
    const axis = { stroke: styleOf('soft'), grid: { stroke: styleOf('rule'), width: 1 }, ticks: { show: false }, font: `13px ${getComputedStyle(document.body).fontFamily}` };
    const span = to - from;
    const plot = new uPlot({
      width: width(), height,
      tzDate: ts => plantDate(ts),
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      legend: { show: false },
      scales: { x: { time: true, range: () => [from, to] }, y: { range: (_, min, max) => range(min, max === null ? max : Math.max(max, ...series.map(s => s.aim ?? max)), series.some(s => s.bars), series.some(s => s.floating)) } },
      axes: [
        { ...axis, size: frame.states ? 52 : 36, gap: frame.states ? 20 : 6, values: (_, ticks) => ticks.map(v => span > 2 * 86400 ? day(new Date(v * 1000)) : ticks.length > 1 && ticks[1]! - ticks[0]! < 60 ? clock(new Date(v * 1000)) : hourMinute(new Date(v * 1000))), space: 64 },
        // A register of ten digits takes more room than a power.
        { ...axis, size: (_, texts) => Math.max(66, 14 + 8.5 * Math.max(0, ...(texts ?? []).map(x => x.length))), values: (_, ticks) => labels(ticks) },
      ],
      series: [{}, ...split.map(s => ({
        stroke: s.color, width: s.bars ? 1 : 2, fill: s.fill, dash: s.dash, points: { show: s.dots, size: 5 }, spanGaps: false,
        paths: s.bars ? uPlot.paths.bars!({ size: [0.86, 100], align: 0 }) : undefined,
      }))],
      hooks: {
        setCursor: [u => setAt(u.cursor.idx == null ? null : gaps.rows[u.cursor.idx] ?? null)],
        draw: [u => { if (frame.states) drawStates(u, frame); for (const s of series) if (s.aim) drawAim(u, s.aim); }],
        ready: [u => u.over.addEventListener('click', () => {
          const row = u.cursor.idx == null ? -1 : gaps.rows[u.cursor.idx] ?? -1;
          if (row >= 0) open?.(row);
        })],
      },
    }, [gaps.x, ...gaps.columns] as uPlot.AlignedData, node);
    const watch = new ResizeObserver(() => plot.setSize({ width: width(), height }));
    watch.observe(node);
    return () => { watch.disconnect(); plot.destroy(); };
  }, [frame, series, from, to, height, theme]);
  const shown = at !== null && at >= 0 ? at : frame.start.length - 1;
  return <div class="chart">
    <div class="legend">{shown >= 0 && <>
      <span>{full(new Date(frame.start[shown]! * 1000))}</span>
      {series.map(s => <span key={s.name}>{s.name} <b>{s.texts[shown] ?? '–'}</b> {s.unit}</span>)}
      {!frame.plain && <span>{t(frame.basis[shown]! as Word)}</span>}
    </>}</div>
    <div class="canvas" ref={host} role="img" aria-label={label} />
  </div>;
}

/** The wall clock of the plant's zone, for the places of ticks. */
function plantDate(ts: number): Date {
  const zone = plantZone();
  return zone ? uPlot.tzDate(new Date(ts * 1000), zone) : new Date(ts * 1000);
}

function range(min: number | null, max: number | null, zero: boolean, floating: boolean): [number, number] {
  if (min === null || max === null || !Number.isFinite(min) || !Number.isFinite(max)) return [0, 1];
  if (floating) return max > min ? [min - (max - min) * 0.08, max + (max - min) * 0.08] : [min - 1, max + 1];
  const low = zero || min >= 0 ? Math.min(0, min) : min;
  return [low, max > low ? max + (max - low) * 0.08 : low + 1];
}

/** Ticks with just the digits that tell them apart. */
function labels(ticks: number[]): string[] {
  const step = ticks.length > 1 ? Math.abs(ticks[1]! - ticks[0]!) : 1;
  const places = Math.max(0, Math.min(8, Math.ceil(-Math.log10(step) - 1e-9)));
  return ticks.map(v => v.toFixed(step * 10 ** places % 1 > 1e-6 ? places + 1 : places));
}

/** What the map aims at, as a line across. */
function drawAim(u: uPlot, aim: number): void {
  const y = u.valToPos(aim, 'y', true), g = u.ctx;
  g.save();
  g.strokeStyle = g.fillStyle = styleOf('note');
  g.lineWidth = 1.5 * (devicePixelRatio || 1);
  g.setLineDash([]);
  g.beginPath();
  g.moveTo(u.bbox.left, y);
  g.lineTo(u.bbox.left + u.bbox.width, y);
  g.stroke();
  g.font = `${13 * (devicePixelRatio || 1)}px ${getComputedStyle(document.body).fontFamily}`;
  g.textAlign = 'left';
  g.fillText(t('target'), u.bbox.left + 6 * (devicePixelRatio || 1), y - 5 * (devicePixelRatio || 1));
  g.restore();
}

interface Drawn { values: (number | null)[]; color: string; fill?: string | CanvasPattern | (() => CanvasPattern); dash?: number[]; bars: boolean; dots: boolean }

/** Bars that are exact are full, estimates hatched, provisional ones an outline of dashes; a line is solid, and dashed where it is provisional. */
function splitByBasis(frame: Frame, series: Series[]): Drawn[] {
  return series.flatMap((s): Drawn[] => {
    const color = styleOf(s.color);
    const only = (...bases: Basis[]) => s.values.map((v, i) => bases.includes(frame.basis[i]!) ? v : null);
    if (!s.bars) {
      const open = frame.basis.map(b => b === 'provisional');
      return [
        { values: s.values.map((v, i) => open[i] ? null : v), color, bars: false, dots: frame.start.length < 3 },
        { values: s.values.map((v, i) => open[i] || open[i + 1] || open[i - 1] ? v : null), color, dash: [5, 5], bars: false, dots: false },
      ].slice(0, open.some(Boolean) ? 2 : 1);
    }
    return [
      { values: only('exact'), color, fill: color, bars: true, dots: false },
      { values: only('estimated', 'lower_bound'), color, fill: () => hatch(color), bars: true, dots: false },
      { values: only('provisional', 'none'), color, dash: [4, 3], bars: true, dots: false },
    ];
  });
}

/** The states of every window, side by side in their shares, right below the curve they explain. */
function drawStates(u: uPlot, frame: Frame): void {
  const scale = devicePixelRatio || 1, top = u.bbox.top + u.bbox.height + 4 * scale, height = 12 * scale;
  const colors = stateNames.map(styleOf);
  frame.start.forEach((start, i) => {
    const states = frame.states![i]!, all = states.reduce((a, b) => a + b, 0);
    if (all <= 0) return;
    let at = start;
    states.forEach((seconds, n) => {
      if (seconds <= 0) return;
      const next = at + frame.length[i]! * seconds / all;
      const [a, b] = [u.valToPos(at, 'x', true), u.valToPos(next, 'x', true)];
      u.ctx.fillStyle = colors[n]!;
      if (b > u.bbox.left && a < u.bbox.left + u.bbox.width) u.ctx.fillRect(Math.max(a, u.bbox.left), top, Math.min(b, u.bbox.left + u.bbox.width) - Math.max(a, u.bbox.left) + .5, height);
      at = next;
    });
  });
}
