// What the signs of the graph mean: only signs that have occurred in this run.

import { h, svg, clear } from './dom.js';
import { icon } from './icons.js';

const FAMILIES = { help: 'help', deal: 'alliance, trade', talk: 'talk', hostile: 'threat, attack' };
const DASH = ['', '1.3 2.5', '5.5 3.2', ''];

export function create(host, store) {
  let seen = new Set(), shown = '';
  const list = h('div.legend', { 'aria-label': 'Legend', role: 'group' });
  host.append(list);

  return {
    reset() { seen = new Set(); shown = ''; },
    // Note what this picture shows; rebuild only when something new has occurred.
    show(nodes, edges, rings) {
      for (const node of nodes.values()) {
        seen.add(node.alive ? `group ${node.group}` : 'gone');
        if (rings && node.alive && node.factory >= 0) seen.add(`factory ${node.factory}`);
      }
      for (const edge of edges) { seen.add(edge.family); if (edge.marks & 1) seen.add('deceptive'); }
      const key = [...seen].sort().join();
      if (key === shown) return;
      shown = key;
      clear(list).append(...entries(store.meta, seen));
    },
  };
}

function entries({ groups, factories }, seen) {
  const entry = (sign, words) => h('span', null, sign, words);
  return [
    ...groups.map(({ label }, i) => seen.has(`group ${i}`) && entry(groupSign(i), label)),
    seen.has('gone') && entry(goneSign(), 'gone'),
    ...Object.entries(FAMILIES).map(([family, words]) => seen.has(family) && entry(edgeSign(family), words)),
    ...factories.map((name, i) => seen.has(`factory ${i}`) && entry(ringSign(i), name)),
    seen.has('deceptive') && h('span.hostile', null, icon('mask', 14), h('span', null, 'deceptive (dashed)')),
  ].filter(Boolean);
}

// A small disc in the group's colour, with the dot or edge it has in the graph.
export function groupSign(index, size = 13) {
  const name = `g${index < 4 ? index : 2 + (index % 2)}`;
  return svg('svg', { viewBox: '0 0 14 14', width: size, height: size, 'aria-hidden': 'true' },
    svg('circle', { cx: 7, cy: 7, r: 5.5, fill: `var(--${name})`, stroke: index ? `var(--${name}-ink)` : 'none' }),
    index === 1 && svg('circle', { cx: 7, cy: 7, r: 2, fill: 'var(--g-dot)' }));
}

function goneSign() {
  return svg('svg', { viewBox: '0 0 14 14', width: 13, height: 13, 'aria-hidden': 'true', fill: 'none', stroke: 'var(--gone)', 'stroke-width': 1.2 },
    svg('circle', { cx: 7, cy: 7, r: 4.6 }), svg('path', { d: 'M5 5l4 4M9 5 5 9' }));
}

function edgeSign(family) {
  const colour = `var(--${family})`, wide = family === 'hostile' ? 2.2 : 1.5;
  const head = family === 'deal' ? svg('circle', { cx: 17, cy: 5, r: 2.6, fill: 'var(--bg)', stroke: colour, 'stroke-width': 1.3 })
    : family === 'talk' ? svg('path', { d: 'M15 1.8 20 5l-5 3.2', fill: 'none', stroke: colour, 'stroke-width': 1.3 })
      : svg('path', { d: 'M14 1.6 20 5l-6 3.4z', fill: colour });
  return svg('svg', { viewBox: '0 0 21 10', width: 21, height: 10, 'aria-hidden': 'true' },
    svg('path', { d: 'M1 5h14', stroke: colour, 'stroke-width': wide }), head);
}

export function ringSign(factory, size = 14) {
  const pattern = factory % DASH.length;
  return svg('svg', { viewBox: '0 0 14 14', width: size, height: size, 'aria-hidden': 'true', fill: 'none', stroke: 'var(--ink)', 'stroke-width': 1.3 },
    svg('circle', { cx: 7, cy: 7, r: 5.6, 'stroke-dasharray': DASH[pattern] || null }),
    pattern === 3 && svg('circle', { cx: 7, cy: 7, r: 3.4 }));
}
