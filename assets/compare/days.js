// What was different: the chosen day of two runs side by side, each with its graph and its lines.

import { attr, clear, h, show, text } from '../cockpit/dom.js';
import { createSide } from './side.js';
import { LETTERS } from './look.js';

export function create(host, store) {
  let sides = [], only = false;
  const title = h('h2', { tabindex: -1 }), says = h('p.sub', { role: 'status' }), picks = h('div.picks'), pair = h('div.pair');
  const less = h('input', { type: 'checkbox', onchange: () => { only = less.checked; for (const side of sides) side.filter(only); } });
  host.append(h('div.days-head', null, h('div', null, title, says), picks, h('label.tick', null, less, 'Only lines that differ')), pair);

  // With more than two runs the reader chooses which two stand here.
  function choose() {
    show(picks, store.meta.runs.length > 2);
    const select = (at, name) => h('select', { 'aria-label': name, onchange: (event) => turn(at, Number(event.target.value)) },
      store.meta.runs.map((run, k) => h('option', { value: k, selected: k === store.pair[at] }, `${LETTERS[k]} ${run.title}`)));
    clear(picks).append(select(0, 'Run on the left'), 'and', select(1, 'Run on the right'));
  }

  // Choosing the run of the other side swaps the two.
  function turn(at, run) {
    const next = [...store.pair];
    if (next[1 - at] === run) next[1 - at] = next[at];
    next[at] = run;
    store.choose(next);
  }

  function build() {
    for (const side of sides) side.close();
    sides = [0, 1].map((at) => createSide(store, store.pair[at], store.pair[1 - at], only));
    clear(pair).append(...sides.map((side) => side.node));
  }

  function say() {
    const [one, other] = store.pair;
    const told = store.side(one, other, store.day) ?? null;
    text(title, told?.differs ?? `Day ${store.day}`);
    text(says, told ? 'What is on one side only is marked; everything else happened in both.' : 'The messages and acts of this day are being fetched.');
    attr(host, 'data-day', told ? store.day : null);
  }

  return {
    update(changes) {
      const other = changes.has('reset') || changes.has('pair');
      if (other) { choose(); build(); }
      if (other || changes.has('day') || changes.has('sides')) say();
      for (const side of sides) side.update(other ? new Set([...changes, 'reset']) : changes);
    },
  };
}
