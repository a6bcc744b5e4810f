// Which lines the reader wants to see: words, kinds, labels, residents, days. It is part of the page's address.

import { number } from './dom.js';
import { labelsOf, labelWord } from './entry.js';

export const NONE = Object.freeze({ q: '', kinds: [], labels: [], residents: [], from: null, to: null });

export const KINDS = [
  ['help', 'help', 'asking, giving, promising'], ['deal', 'deals', 'alliance, trade, merger'],
  ['talk', 'talk', 'telling, praise, thanks'], ['hostile', 'hostile', 'threat, attack, default'],
];

// What came with the address, made whole; anything that is not a filter field is dropped.
export function readFilter(given) {
  const list = (value, test) => (Array.isArray(value) ? value.filter(test) : []);
  const day = (value) => (Number.isInteger(value) && value >= 0 ? value : null);
  return {
    q: typeof given?.q === 'string' ? given.q : '',
    kinds: list(given?.kinds, (value) => typeof value === 'string'), labels: list(given?.labels, (value) => typeof value === 'string'),
    residents: list(given?.residents, Number.isInteger), from: day(given?.from), to: day(given?.to),
  };
}

export function isActive(filter) { return JSON.stringify(filter) !== JSON.stringify(NONE); }

export function matches(line, filter) {
  if (filter.from !== null && line.day < filter.from) return false;
  if (filter.to !== null && line.day > filter.to) return false;
  if (filter.kinds.length && !filter.kinds.includes(line.family) && !filter.kinds.includes(line.chip)) return false;
  if (filter.residents.length && !filter.residents.includes(line.from) && !filter.residents.includes(line.to)) return false;
  if (filter.labels.length) { const labels = labelsOf(line); if (!filter.labels.some((name) => labels.has(name))) return false; }
  const q = filter.q.trim().toLocaleLowerCase();
  return !q || `${line.who} ${line.whom} ${line.text}`.toLocaleLowerCase().includes(q);
}

// The active parts, each with its words and the filter that is left without it.
export function parts(filter, nameOf) {
  const out = [];
  const without = (field, value) => ({ ...filter, [field]: filter[field].filter((other) => other !== value) });
  if (filter.q.trim()) out.push({ words: `“${filter.q.trim()}”`, rest: { ...filter, q: '' } });
  for (const name of filter.labels) out.push({ words: labelWord(name), rest: without('labels', name) });
  for (const kind of filter.kinds) out.push({ words: KINDS.find(([key]) => key === kind)?.[1] ?? kind, rest: without('kinds', kind) });
  for (const id of filter.residents) out.push({ words: nameOf(id), rest: without('residents', id) });
  if (filter.from !== null || filter.to !== null) out.push({ words: days(filter), rest: { ...filter, from: null, to: null } });
  return out;
}

function days({ from, to }) {
  if (from === to) return `day ${from}`;
  if (to === null) return `from day ${from}`;
  return from === null ? `up to day ${to}` : `days ${from} to ${to}`;
}

// "No deceptive message from Rosa" and what is known of the lines that were looked through: {first, last, lines, people}.
export function nothingFound(filter, nameOf, looked) {
  const who = filter.residents.map(nameOf).join(' or ');
  const label = filter.labels.map(labelWord).join(' or ');
  const kind = filter.kinds.map((key) => KINDS.find(([name]) => name === key)?.[1] ?? key).join(' or ');
  const title = ['No', label, 'message', kind && `of the kind ${kind}`, who && `from or to ${who}`, filter.q.trim() && `with “${filter.q.trim()}”`];
  const count = who ? looked.people : looked.lines;
  const days = looked.first === looked.last ? `on day ${looked.last}` : `on days ${looked.first} to ${looked.last}`;
  const lines = `There ${count === 0 ? 'is no line' : count === 1 ? 'is one line' : `are ${number(count, 0)} lines`}${who ? ` from or to ${who}` : ''} ${days}`;
  const deceptionOnly = label === labelWord('deception') && !filter.q.trim() && !kind;
  return {
    title: title.filter(Boolean).join(' '),
    words: count === 0 ? `${lines}.` : `${lines}; ${deceptionOnly ? 'none contradicts what its sender planned or held' : 'none of them fits'}.`,
  };
}
