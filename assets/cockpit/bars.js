// Diverging bars round a zero line: the weighed options of a day, and trust.

import { h, number } from './dom.js';

export function signed(value, digits = 2) {
  const words = number(value, digits);
  return words === null ? 'not defined' : value > 0 ? `+${words}` : words;
}

// rows: {label: node or text, value, note, strong, fill, edge}; all bars share one scale that holds zero and every value.
// `flip` puts the number on the other side of zero than the bar.
export function bars(rows, { flip = false, ends = null, least = 0 } = {}) {
  const values = rows.map((row) => row.value);
  const low = Math.min(0, -least, ...values), high = Math.max(0, least, ...values), span = high - low || 1;
  const zero = -low / span;
  const percent = (part) => `${(part * 100).toFixed(2)}%`;
  return h('div.bars', { style: { '--zero': percent(zero) } }, rows.map((row) => {
    const size = Math.abs(row.value) / span, negative = row.value < 0;
    const bar = h('i.bar', { style: {
      left: percent(negative ? zero - size : zero), width: percent(size), background: row.fill, ...(row.edge ? { 'box-shadow': `inset 0 0 0 1px ${row.edge}` } : {}),
    } });
    const right = flip ? negative : true;
    const from = flip ? zero : negative ? zero : zero + size;
    const words = h('span.bar-value', { style: right ? { left: `calc(${percent(from)} + 5px)` } : { right: `calc(${percent(1 - zero)} + 5px)` } },
      signed(row.value), row.note && ` ${row.note}`);
    return h(row.strong ? 'div.bar-row.strong' : 'div.bar-row', null, h('span.bar-label', null, row.label), h('span.bar-track', null, bar, words));
  }), ends && h('div.bar-row.bar-ends', { 'aria-hidden': 'true' }, h('span.bar-label'), h('span.bar-track', null,
    h('span', { style: { right: `calc(${percent(1 - zero)} + 5px)` } }, ends[0]), h('span', { style: { left: `calc(${percent(zero)} + 5px)` } }, ends[1]))));
}
