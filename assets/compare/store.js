// What the page knows of the runs compared, and its one way to ask Python for more (docs/compare.md).

import { createChanges } from '../cockpit/changes.js';

const PATIENCE = 5000;                  // ms before a question counts as lost and is asked again
const REST = 250;                       // ms a reader rests on a day before its messages are asked for
const KEEP = 60;                        // days of one run, at most, whose messages the page holds on to
const ORDER = ['resync', 'stop', 'luck', 'detail', 'more'];

export function createStore(component) {
  const { views, mark, flush } = createChanges(() => !!store.meta);
  const sides = new Map(), waiting = new Map();
  let key = null, seq = 0, current = null, timer = 0, n = 0, resting = 0;

  const store = {
    meta: null, columns: null, rows: [], theme: null, frontier: 0,
    day: 0, pair: [0, 1], difference: false, behaviour: 'betrayals', luck: null, notice: null,

    // Value of a figure on a day, less the first run's while differences are shown; null: not defined.
    value(figure, run, day) {
      const value = store.columns[figure][run][day] ?? null;
      if (!store.difference) return value;
      const first = store.columns[figure][0][day] ?? null;
      return value === null || first === null ? null : value - first;
    },

    // SIDE of a day of one run as against another, if it is here.
    side(run, against, day) { return sides.get(`${run} ${against} ${day}`) ?? null; },

    goto(day) {
      day = Math.max(0, Math.min(store.frontier, Math.round(day)));
      if (day === store.day) return;
      store.day = day; mark('day'); need();
    },

    choose(pair) { store.pair = pair; mark('pair'); need(); },

    // Have an earlier day of one run, for the arrows of several days.
    also(run, against, day) { if (!store.side(run, against, day)) send({ type: 'detail', pair: [run, against], day, of: run }); },

    set(name, value) { store[name] = value; mark(name); },

    ask: send, mark, flush, receive,
    subscribe(view) { views.add(view); },
    close() { clearTimeout(timer); clearTimeout(resting); views.clear(); },
  };

  // The messages of the chosen day, once the reader rests there.
  function need(rest = REST) {
    clearTimeout(resting);
    const [one, other] = store.pair;
    if (store.side(one, other, store.day) && store.side(other, one, store.day)) { waiting.delete('detail '); return; }
    resting = setTimeout(() => send({ type: 'detail', pair: store.pair, day: store.day }), rest);
  }

  // The newest question of a kind counts; each side asks for its own earlier days.
  function send(what) { waiting.set(`${what.type} ${what.of ?? ''}`, what); next(); }

  function next() {
    if (current || !waiting.size) return;
    const [kind, what] = [...waiting].sort((a, b) => ORDER.indexOf(a[1].type) - ORDER.indexOf(b[1].type))[0];
    // A number no other page or earlier mount has used, so that a question asked twice is known to be the same.
    n = Math.max(n + 1, Date.now());
    current = { ...what, n };
    waiting.delete(kind);
    put();
  }

  function put() {
    store.component.setTriggerValue('ask', current);
    clearTimeout(timer);
    timer = setTimeout(put, PATIENCE);
  }

  // Take in one message. Heard twice, it changes nothing.
  function receive(component) {
    store.component = component;
    const data = component.data;
    if (!data || data.key === key && data.seq <= seq && !data.meta) return;
    if (data.key !== key && !data.meta) { send({ type: 'resync' }); return; }
    const first = data.key !== key;
    seq = data.seq;
    if (first) {
      key = data.key; sides.clear(); waiting.clear(); current = null; clearTimeout(timer);
      Object.assign(store, { meta: data.meta, columns: data.columns, day: data.day, pair: data.pair, difference: false, luck: null });
      store.frontier = data.meta.horizon;
      store.rows = Array.from({ length: store.frontier + 1 }, (_, day) => ({ day }));
      mark('reset');
    }
    for (const side of data.sides) {
      sides.set(`${side.run} ${side.against} ${side.day}`, side);
      if (sides.size > KEEP * 2) sides.delete(sides.keys().next().value);
      mark('sides');
    }
    if (JSON.stringify(data.luck) !== JSON.stringify(store.luck)) { store.luck = data.luck; mark('luck'); }
    if (data.notice?.text !== store.notice?.text) { store.notice = data.notice; mark('notice'); }
    if (current && data.answered >= current.n) { clearTimeout(timer); current = null; }
    if (store.luck?.state === 'running') waiting.set('more ', { type: 'more' });
    need(first ? 0 : REST); next();
  }

  return store;
}
