// The charts of the page: for each tab its title, its quantity and unit, and its lines.

import { svg } from './dom.js';
import { group } from './theme.js';

const BAND = 'Units a resident holds; the band spans the middle 80 %';
const NEAR = 26;                        // px from the chosen day within which an earlier point's value would lie under its label
const WIDE = 14;                        // px, half of such a value
const DASHES = ['solid', 'dot', 'dash', 'longdashdot', 'longdash', 'dashdot'];     // factories take a pattern, no hue

const tenth = { colour: (c) => c['g0-ink'], ink: (c) => c.ink2, width: 0.8, strong: false };
const holdings = {
  name: 'Units a resident holds', zero: true,
  lines: [
    { ...tenth, of: (row) => row.q10, word: 'poorest tenth' },
    { ...tenth, of: (row) => row.q90, word: 'richest tenth', fill: 'previous', area: (c) => [c.band, 1] },
    { of: (row) => row.q50, word: 'middle', colour: (c) => c.ink, width: 2 },
  ],
};

const flows = {
  name: 'Units a day for the whole community',
  lines: [
    { of: (row) => (row.day ? row.used : null), word: 'used', colour: (c) => c.ink, width: 1.6, dash: '3px,2px', strong: false },
    {
      of: (row) => (row.day ? row.made : null), word: 'made', colour: (c) => c['help-ink'], ink: (c) => c['help-ink'], width: 2,
      fill: 'previous', area: (c) => [c.help, 0.13],
    },
  ],
};

const population = {
  name: 'Residents alive', zero: true, digits: 0,
  lines: [
    { of: (row) => row.alive, word: 'alive', colour: (c) => c.ink, width: 2, fill: 'zero', area: (c) => [c.area, 1] },
    { of: (row) => row.before, word: 'in its parent', colour: (c) => c.ink3, ink: (c) => c.ink2, width: 1.4, dash: '4px,3px', strong: false },
  ],
  marks: birthsAndDeaths,
};

const gini = {
  name: 'Gini of what residents hold', zero: true, digits: 2,
  lines: [{ of: (row) => row.gini, word: '', colour: (c) => c.ink, width: 2, dot: true }],
  note: tenDaysAgo,
};

function byGroup(meta, name, quantity, digits) {
  return {
    name, zero: true, digits,
    lines: meta.groups.map((known, k) => ({
      of: (row) => row.groups[k]?.[quantity] ?? null, word: known.label,
      colour: (c) => group(c, k).ink, ink: (c) => group(c, k).ink, width: 2,
    })),
  };
}

function byFactory(meta, name, quantity, digits) {
  return {
    name, zero: true, digits,
    lines: meta.factories.map((known, k) => ({
      of: (row) => (row.factories[k]?.open ? row.factories[k][quantity] : null), word: known,
      colour: (c) => c.ink, width: k === 0 ? 2 : 1.6, dash: DASHES[k % DASHES.length],
    })),
  };
}

// Births as rings above the line, deaths as crosses below it.
function birthsAndDeaths(layer, { x, y, box, rows, colour }) {
  for (const row of rows) {
    const at = x(row.day, box);
    if (at < box.left || at > box.right) continue;
    const level = y(row.alive, box);
    const ring = { cx: at, cy: Math.max(4, level - 10), r: 3.2, fill: colour.bg, stroke: colour['help-ink'], 'stroke-width': 1.6 };
    const cross = { d: `M${at - 2.8} ${level + 7.2}l5.6 5.6m0 -5.6l-5.6 5.6`, stroke: colour.ink, 'stroke-width': 1.4 };
    if (row.births) layer.append(svg('circle', ring));
    if (row.deaths) layer.append(svg('path', cross));
  }
}

// The point ten days before the chosen day, the one the title compares with.
function tenDaysAgo(layer, { x, y, box, store, label }) {
  const then = store.rows[store.day - 10];
  if (!then || then.gini === null || then.gini === undefined) return;
  const at = x(then.day, box), level = y(then.gini, box);
  if (at < box.left) return;
  const { bg, ink } = store.theme.colour;
  layer.append(svg('circle', { cx: at, cy: level, r: 3.2, fill: bg, stroke: ink, 'stroke-width': 1.5 }));
  if (x(store.day, box) - at <= NEAR) return;
  // Its value stands on the side from which the line keeps away, if there is room: the title tells it, too.
  const near = store.rows.filter((row) => row.gini !== null && Math.abs(x(row.day, box) - at) < WIDE).map((row) => y(row.gini, box));
  const low = Math.max(...near), high = Math.min(...near), below = low - level <= level - high && low + 17 < box.bottom;
  if (!below && high - 8 < box.top + 10) return;
  label(Math.max(at, box.left + WIDE), below ? low + 17 : high - 8, then.gini.toFixed(2), store.theme.colour.ink2, 400, 'middle');
}

// One tab: key, name, and blocks from top to bottom; a block has a title (a key of row.titles), a sub line, a plot or the Lorenz curve.
export function tabs(meta, compact) {
  return [
    { key: 'resources', name: 'Resources', blocks: [
      { title: 'resources', sub: compact ? 'Units a resident holds, middle 80 %' : BAND, plot: holdings, grow: 1.6 },
      { label: 'flows', sub: 'Units a day for the whole community', plot: flows, grow: 1 },
    ] },
    { key: 'population', name: compact ? 'Alive' : 'Population', blocks: [
      { title: 'population', sub: 'Residents alive, births and deaths', plot: population, grow: 2, key: true },
    ] },
    { key: 'groups', name: compact ? 'Groups' : 'By group', blocks: [
      { title: 'groups', sub: 'Units a head, by value group', plot: byGroup(meta, 'Units a head by group', 'head', 1), grow: 1.2 },
      { sub: 'Residents alive, by value group', plot: byGroup(meta, 'Residents alive by group', 'alive', 0), grow: 1 },
    ] },
    { key: 'factories', name: compact ? 'Factories' : 'By factory', blocks: [
      { title: 'factories', sub: 'Units made a day, by factory', plot: byFactory(meta, 'Units made a day by factory', 'output', 1), grow: 1.2 },
      { sub: 'Residents at work, by factory', plot: byFactory(meta, 'Residents at work by factory', 'workers', 0), grow: 1 },
    ] },
  ];
}

// What stands beside the bet: how the finished run went.
export const beforeBet = [
  { title: 'population', sub: 'Residents alive', plot: population, grow: 1.4, key: true },
  { title: 'resources', sub: BAND, plot: holdings, grow: 1 },
];

export const inequality = { title: 'gini', plot: gini, lorenz: true, grow: 1.25 };
