// Six measures of the chosen day: value, change since yesterday, and the last 20 days as a small line.

import { h, svg, text, attr, number } from './dom.js';
import { create as edge } from './edge.js';

const DAYS = 20, WIDTH = 54, HEIGHT = 22;

// digits of the value; worse: +1 if more is worse, -1 if less is worse
const TILES = [
  { key: 'alive', label: 'Alive', unit: (row) => (row.alive > 999 ? '' : row.alive === 1 ? 'resident' : 'residents'), digits: 0, worse: -1 },
  { key: 'head', label: 'Resources a head', unit: () => 'units', digits: 1, worse: -1 },
  { key: 'gini', label: 'Inequality', unit: () => 'Gini', digits: 2, worse: 1 },
  { key: 'sc', label: 'Social capital', unit: () => 'of 1', digits: 2, worse: -1 },
  { key: 'betrayals7', label: 'Betrayals, 7 days', unit: (row) => (row.betrayals7 === 1 ? 'event' : 'events'), digits: 0, worse: 1 },
  { key: 'warning', label: 'Early warning', unit: (row) => row.warning_word, digits: 2, worse: 1 },
];

export function create(host, store) {
  const tiles = TILES.map(createTile);
  const list = h('div.tiles', { role: 'list', 'aria-label': 'Measures of the day' }, tiles.map((tile) => tile.node));
  const closeness = edge(tiles.at(-1).node, store);
  host.append(list);
  return {
    update(changes) {
      closeness.update(changes);
      if (!store.row || !['reset', 'rows', 'day'].some((what) => changes.has(what))) return;
      attr(list, 'data-day', store.day);
      for (const tile of tiles) tile.update(store.rows, store.day);
    },
  };
}

function createTile({ key, label, unit, digits, worse }) {
  const value = h('span'), quantity = h('small');
  const change = h('div.change');
  const mark = svg('path', { d: '' }), words = h('span');
  change.append(svg('svg.mark', { viewBox: '0 0 8 8', width: 8, height: 8, 'aria-hidden': 'true' }, mark), words);
  const path = svg('path.trend', { d: '' }), dot = svg('circle.last', { r: 2.4 });
  const spark = svg('svg.spark', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, 'aria-hidden': 'true' }, path, dot);
  const said = h('span.hidden');
  const node = h('div.tile', { role: 'listitem', 'data-tile': key },
    h('div.label', null, label), h('div.value', null, value, ' ', quantity), change, spark, said);

  function update(rows, day) {
    const row = rows[day], shown = number(row[key], row[key] >= 100 ? 0 : digits);
    attr(value, 'class', shown === null ? 'undefined' : null);
    text(value, shown ?? 'not defined');
    text(quantity, shown === null ? '' : unit(row));
    const before = day > 0 ? rows[day - 1][key] : null;
    const by = shown === null || before === null ? null : round(row[key], digits) - round(before, digits);
    text(words, wording(day, shown, before, by, digits, row.words?.[key] ?? ''));
    attr(mark, 'd', by > 0 ? 'M4 .8 7.6 7H.4z' : by < 0 ? 'M4 7.2.4 1h7.2z' : '');
    attr(change, 'class', by !== null && by * worse > 1e-9 ? 'change worse' : 'change');
    attr(change, 'data-moved', by ? 'yes' : null);
    const why = row.words?.[key] ?? '';
    attr(node, 'title', why || null);
    text(said, why);
    drawSpark(rows.slice(Math.max(0, day - DAYS + 1), day + 1).map((one) => one[key]));
  }

  // The line breaks where a day is not defined; the scale is the span of the days shown.
  function drawSpark(values) {
    const known = values.filter((one) => one !== null);
    const low = Math.min(...known), high = Math.max(...known), span = high - low;
    const x = (i) => WIDTH - 3 - (values.length - 1 - i) * ((WIDTH - 6) / (DAYS - 1));
    const y = (one) => (span < 1e-9 ? HEIGHT / 2 : 3 + (HEIGHT - 6) * (1 - (one - low) / span));
    let d = '', pen = 'M';
    values.forEach((one, i) => {
      if (one === null) { pen = 'M'; return; }
      d += `${pen}${x(i).toFixed(1)} ${y(one).toFixed(1)}`; pen = 'L';
    });
    attr(path, 'd', known.length > 1 ? d : '');
    const last = values.at(-1);
    attr(dot, 'visibility', last === null || last === undefined ? 'hidden' : null);
    if (last !== null && last !== undefined) { attr(dot, 'cx', x(values.length - 1).toFixed(1)); attr(dot, 'cy', y(last).toFixed(1)); }
  }

  return { node, update };
}

function wording(day, shown, before, by, digits, why) {
  if (day === 0) return shown === null ? '' : 'at the start';
  if (shown === null) return before === null ? (/today/.test(why) ? '' : why) : 'defined until yesterday';
  if (by === null) return 'not defined yesterday';
  return Math.abs(by) < 1e-9 ? 'as yesterday' : `${number(Math.abs(by), digits)} since yesterday`;
}

function round(value, digits) { return Math.round(value * 10 ** digits) / 10 ** digits; }
