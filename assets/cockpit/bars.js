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
  const after = (part) => ({ left: `calc(${percent(part)} + 5px)` }), before = (part) => ({ right: `calc(${percent(1 - part)} + 5px)` });

  const drawn = rows.map((row) => {
    const size = Math.abs(row.value) / span, negative = row.value < 0;
    const bar = h('i.bar', { style: { left: percent(negative ? zero - size : zero), width: percent(size), background: row.fill } });
    if (row.edge) bar.style.boxShadow = `inset 0 0 0 1px ${row.edge}`;
    const place = negative || flip ? (negative ? after(zero) : before(zero)) : after(zero + size);
    return line(row.strong ? '.strong' : '', row.label, bar, h('span.bar-value', { style: place }, signed(row.value), row.note && ` ${row.note}`));
  });
  if (ends) drawn.push(line('.bar-ends', null, h('span', { style: before(zero) }, ends[0]), h('span', { style: after(zero) }, ends[1])));
  return h('div.bars', { style: { '--zero': percent(zero) } }, drawn);
}

function line(tone, label, ...track) {
  return h(`div.bar-row${tone}`, null, h('span.bar-label', null, label), h('span.bar-track', null, track));
}
