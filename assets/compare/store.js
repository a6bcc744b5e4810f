// What the page knows of the runs compared, and its one way to ask Python for more (docs/compare.md).

import { createChanges } from '../cockpit/changes.js';
import { createQueue } from '../cockpit/queue.js';

const PATIENCE = 5000;                  // ms before a question counts as lost and is asked again
const REST = 250;                       // ms a reader rests on a day before its messages are asked for
const KEEP = 60;                        // days of one run, at most, whose messages the page holds on to
const ORDER = ['resync', 'stop', 'luck', 'detail', 'more'];

export function createStore(component) {
  const { views, mark, flush } = createChanges(() => !!store.meta);
  const queue = createQueue((question) => store.component.setTriggerValue('ask', question), ORDER, PATIENCE);
  const sides = new Map();
  let key = null, seq = 0, resting = 0;

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
    close() { queue.close(); clearTimeout(resting); views.clear(); },
  };

  // The messages of the chosen day, once the reader rests there.
  function need(rest = REST) {
    clearTimeout(resting);
    const [one, other] = store.pair;
    if (store.side(one, other, store.day) && store.side(other, one, store.day)) { queue.waiting.delete('detail '); return; }
    resting = setTimeout(() => send({ type: 'detail', pair: store.pair, day: store.day }), rest);
  }

  // The newest question of a kind counts; each side asks for its own earlier days.
  function send(what) { queue.send(what, `${what.type} ${what.of ?? ''}`); }

  // Take in one message. Heard twice, it changes nothing.
  function receive(component) {
    store.component = component;
    const data = component.data;
    if (!data || data.key === key && data.seq <= seq && !data.meta) return;
    if (data.key !== key && !data.meta) { send({ type: 'resync' }); return; }
    const first = data.key !== key;
    seq = data.seq;
    if (first) {
      key = data.key; sides.clear(); queue.forget();
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
    queue.heard(data.answered);
    if (store.luck?.state === 'running') queue.waiting.set('more ', { type: 'more' });
    need(first ? 0 : REST); queue.next();
  }

  return store;
}
