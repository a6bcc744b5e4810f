// The chosen day in numbers, run beside run, and each run less the first.

import { attr, clear, h, number, text } from '../cockpit/dom.js';
import { LETTERS, letter } from './look.js';

const ROWS = [['alive', 'Alive', 0], ['head', 'Units a head', 1], ['gini', 'Gini', 2], ['sc', 'Social capital', 2]];

export function create(host, store) {
  const title = h('h2'), table = h('table.figures');
  host.append(title, h('p.sub', null, 'Behaviours: cases so far'), h('div.figures-scroll', null, table));

  function said(value, digits) { return number(value, digits) ?? 'not defined'; }

  function gap(value, first, digits) {
    if (value === null || first === null) return '';
    const away = value - first;
    return Math.abs(away) < 0.5 * 10 ** -digits ? 'same' : `${away > 0 ? '+' : ''}${number(away, digits)}`;
  }

  function draw() {
    const { columns, day, meta, difference } = store, runs = meta.runs.map((_, k) => k);
    const gaps = runs.length === 2 || difference ? runs.slice(1) : [], whole = gaps.length > 1 ? runs.slice(0, 1) : runs;
    text(title, `On day ${day}`);
    attr(host, 'data-day', day);
    const rows = [...ROWS, ...meta.behaviours.map(([name, words]) => [name, words, 0])];
    clear(table).append(
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, h('span.hidden', null, 'Figure')), whole.map((run) => h('th', { scope: 'col' }, letter(run))),
        gaps.map((run) => h('th.gap', { scope: 'col' }, `${LETTERS[run]} − A`)))),
      h('tbody', null, rows.map(([name, words, digits]) => {
        const values = runs.map((run) => columns[name][run][day] ?? null);
        return h('tr', null, h('th', { scope: 'row' }, words), whole.map((run) => h('td', null, said(values[run], digits))),
          gaps.map((run) => h('td.gap', null, gap(values[run], values[0], digits))));
      })));
  }

  return { update(changes) { if (['reset', 'day', 'difference'].some((what) => changes.has(what))) draw(); } };
}
