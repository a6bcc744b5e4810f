// Which lines the reader wants to see: words, kinds, labels, residents, days. It is part of the page's address.

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

// "No deceptive message from Rosa" and what is known of the lines that were looked through.
export function nothingFound(filter, nameOf, looked) {
  const people = filter.residents.map(nameOf), who = people.join(' or ');
  const kind = filter.kinds.map((key) => KINDS.find(([name]) => name === key)?.[1] ?? key).join(' or ');
  const label = filter.labels.map(labelWord).join(' or ');
  const title = ['No', label, kind === 'help' || kind === 'talk' ? `message of ${kind}` : kind ? `message among the ${kind === 'hostile' ? 'hostile ones' : kind}` : 'message',
    who && `from or to ${who}`, filter.q.trim() && `with “${filter.q.trim()}”`].filter(Boolean).join(' ');
  const range = looked.first === looked.last ? `on day ${looked.last}` : `on days ${looked.first} to ${looked.last}`;
  const reason = filter.labels.length === 1 && filter.labels[0] === 'deception' && !filter.q && !kind
    ? `none contradicts what ${people.length === 1 ? who : 'they'} planned or held` : 'none of them fits';
  const subject = people.length ? `${looked.people} line${looked.people === 1 ? '' : 's'} from or to ${who}` : `${looked.lines} line${looked.lines === 1 ? '' : 's'}`;
  return { title, words: `There ${(people.length ? looked.people : looked.lines) === 1 ? 'is' : 'are'} ${subject} ${range}; ${reason}.` };
}
