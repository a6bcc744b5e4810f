// A value profile on Schwartz's circle: ten equal wedges from 0 at the hole to 1 at the rim, below zero dashed in the hole.

import { number, svg } from './dom.js';

export const LOWEST = -1 / 7;                  // lower end of the scale of values
const NOTABLE = 0.2;                    // a weight this far from the original's is set in bold
const RIM = 92, HOLE = 15, WIDE = 352, HIGH = 256;

// names: ten names in the circle's order, clockwise from the top; values and original in the same order (original may be null).
// fill and ink: CSS colours of the profile's group; type: size of the words, times that of the card.
export function wheel({ names, values, original, fill, ink, title, type = 1 }) {
  const sector = 2 * Math.PI / names.length;
  const root = svg('svg.wheel', {
    viewBox: `${-WIDE / 2} ${-HIGH / 2} ${WIDE} ${HIGH}`, role: 'img',
    'aria-label': `${title ? `${title}. ` : ''}${names.map((name, k) => `${name} ${number(values[k], 2) ?? 'not defined'}`).join(', ')}`,
  });
  for (const part of [0.25, 0.5, 0.75, 1]) {
    root.append(svg('circle', { r: radius(part), fill: 'none', stroke: part === 1 ? 'var(--line2)' : 'var(--grid)', 'stroke-width': 1 }));
  }
  names.forEach((name, k) => {
    const value = values[k], mean = original?.[k] ?? null;
    const from = (k - 0.5) * sector + 0.025, to = (k + 0.5) * sector - 0.025, middle = k * sector;
    if (value !== null && value !== undefined) {
      const inner = HOLE * (1 - 0.75 * Math.min(1, value / LOWEST));
      root.append(svg('path', value < 0
        ? { d: wedge(inner, HOLE, from, to), fill: 'none', stroke: ink, 'stroke-width': 1.4, 'stroke-dasharray': '3 2' }
        : { d: wedge(HOLE, radius(Math.min(1, value)), from, to), fill, 'fill-opacity': 0.84, stroke: ink, 'stroke-width': 1 }));
    }
    if (mean !== null) {
      root.append(svg('path', { d: arc(radius(Math.max(0, mean)), from, to), fill: 'none', stroke: 'var(--g0-ink)', 'stroke-width': 2.4 }));
    }
    root.append(...named(name, value, mean, middle, ink, type));
  });
  return root;
}

function named(name, value, mean, angle, ink, type) {
  const bold = mean !== null && value !== null && Math.abs(value - mean) > NOTABLE;
  const side = Math.sin(angle), up = Math.cos(angle);
  const anchor = side > 0.3 ? 'start' : side < -0.3 ? 'end' : 'middle';
  const [x, y] = point(RIM + 12, angle);
  const shift = anchor === 'middle' ? (up > 0 ? -11 : 12) : up > 0.5 ? -6 : up < -0.5 ? 5 : 0;
  const set = { x, 'text-anchor': anchor, 'font-weight': bold ? 600 : 400 };
  return [
    svg('text', { ...set, y: y + shift, fill: 'var(--ink)', 'font-size': 11.5 * type }, name),
    svg('text', { ...set, y: y + shift + 13.5 * type, fill: bold ? ink : 'var(--ink3)', 'font-size': 11 * type }, number(value, 2) ?? 'not defined'),
  ];
}

// Outline of the sector at a place, from the middle to a little beyond the rim.
export function sectorOf(place, places) {
  const sector = 2 * Math.PI / places, from = (place - 0.5) * sector, to = (place + 0.5) * sector;
  return `M0 0L${arc(RIM + 6, from, to).slice(1)}Z`;
}

// The place in whose sector a point of the drawing lies, and the weight its distance from the middle stands for.
export function placeAt(x, y, places) {
  const sector = 2 * Math.PI / places;
  return (Math.round(Math.atan2(x, -y) / sector) + places) % places;
}

export function weightAt(x, y) {
  const r = Math.hypot(x, y);
  return r >= HOLE ? Math.min(1, (r - HOLE) / (RIM - HOLE)) : LOWEST * Math.min(1, (1 - r / HOLE) / 0.75);
}

function radius(weight) { return HOLE + (RIM - HOLE) * weight; }

function point(r, angle) { return [r * Math.sin(angle), -r * Math.cos(angle)]; }

function arc(r, from, to) { return `M${point(r, from)}A${r} ${r} 0 0 1 ${point(r, to)}`; }

function wedge(inner, outer, from, to) {
  return `${arc(outer, from, to)}L${point(inner, to)}A${inner} ${inner} 0 0 0 ${point(inner, from)}Z`;
}

// What the marks of the wheel mean, as a legend line.
export function wheelKey(whose, fill, ink, { original = 'mean of the original', below = false } = {}) {
  const sign = (drawing) => svg('svg', { width: 16, height: 12, viewBox: '0 0 16 12', 'aria-hidden': 'true' }, drawing);
  return [
    [sign(svg('path', { d: 'M2 11L8 1l6 10z', fill, stroke: ink })), whose],
    original && [sign(svg('path', { d: 'M1 8q7-6 14 0', fill: 'none', stroke: 'var(--g0-ink)', 'stroke-width': 2.4 })), original],
    below && [sign(svg('path', { d: 'M1 6h14', fill: 'none', stroke: ink, 'stroke-width': 1.4, 'stroke-dasharray': '3 2' })), 'below zero'],
  ].filter(Boolean);
}
