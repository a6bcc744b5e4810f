// What the page knows of its population, and its one way to ask Python for more (docs/conformity-page.md).

import { createChanges } from '../cockpit/changes.js';
import { createQueue } from '../cockpit/queue.js';

const PATIENCE = 5000;                  // ms before a question counts as lost and is asked again
const ORDER = ['resync', 'lesson', 'restart', 'set', 'open', 'stop', 'loop', 'step', 'more', 'diagram'];
const ALWAYS = ['state', 'setting', 'wrong', 'notice', 'lesson', 'illustration'];      // parts told with every message
const SOMETIMES = ['limits', 'theory', 'diagram', 'models', 'fits', 'measured', 'loops'];  // parts told when they have changed

const SETTLED = 250;                    // ms without news after which the address is kept: while a point is dragged it costs time
const TAKEN_OVER = 3000;                // ms after which a page that left does not go on playing when it comes back

// Streamlit may put another element in the place of this one, above all when reruns overtake each other. The new page
// goes on playing where the old one did.
let kept = { visit: null, playing: false, speed: 10, owner: null, until: 0 };

export function createStore(component) {
  const { views, mark, flush } = createChanges(() => !!store.theory);
  const queue = createQueue((question) => store.component.setTriggerValue('ask', question), ORDER, PATIENCE);
  let visit = null, seq = 0, run = null, address = 0;

  const store = {
    component, theme: null, playing: false, speed: 10,
    sweep: 0, first: 0, trace: [], marks: [], cells: null, state: null,       // trace: m at sweep `first` and after
    setting: null, wrong: {}, notice: null, lesson: null, illustration: null,
    limits: null, theory: null, diagram: null, models: [], fits: null, measured: [], loops: null,

    get waitsToSet() { return queue.current?.type === 'set' || queue.waiting.has('set'); },
    get waiting() { return queue.current?.type === 'step' || queue.waiting.has('step'); },

    play(on) { if (on !== store.playing) { store.playing = on; mark('play'); keep(); } },
    setSpeed(speed) { store.speed = speed; mark('play'); keep(); },

    // Settings asked for together become one question; the newest value of a field counts.
    set(fields) { send({ type: 'set', fields: { ...queue.waiting.get('set')?.fields, ...fields } }); },
    step(sweeps) { send({ type: 'step', until: store.sweep + sweeps }); },
    ask: send, mark, flush, receive,
    subscribe(view) { views.add(view); },
    close() {
      queue.close(); clearTimeout(address); views.clear(); store.playing = false;
      if (kept.owner === store) kept.until = performance.now() + TAKEN_OVER;
    },
  };

  function keep() { kept = { visit, playing: store.playing, speed: store.speed, owner: store, until: Infinity }; }

  function takeOver() {
    if (kept.visit !== visit || kept.owner === store || performance.now() > kept.until) return;
    Object.assign(store, { playing: kept.playing, speed: kept.speed });
    mark('play'); keep();
  }

  function send(what) { queue.send(what); }

  // Take in one message. Heard twice, it changes nothing; where something is missing, everything is asked for.
  function receive(component, data) {
    store.component = component;
    if (!data || data.visit === visit && data.seq <= seq) return;
    const other = data.visit !== visit || data.run !== run, end = store.first + store.trace.length;
    const first = data.visit !== visit;
    if (first) queue.forget();
    visit = data.visit; seq = data.seq;
    if (first) takeOver();
    queue.heard(data.answered);
    if (!data.whole && (!store.theory || other && data.trace.from > 0 || data.trace.from > end)) { send({ type: 'resync' }); return; }
    if (other || data.whole) { run = data.run; store.first = data.trace.from; store.trace = []; mark('run'); }
    store.trace.push(...data.trace.m.slice(store.first + store.trace.length - data.trace.from));
    mark('heard');
    if (data.sweep !== store.sweep || other || data.whole || !same(data.cells, store.cells) || !same(data.marks, store.marks)) mark('sweep');
    Object.assign(store, { sweep: data.sweep, cells: data.cells, marks: data.marks });
    for (const name of ALWAYS) if (!same(store[name], data[name])) { store[name] = data[name]; mark(name); }
    for (const name of SOMETIMES) if (data[name] !== undefined) { store[name] = data[name]; mark(name); }
    if (data.play !== null) store.play(data.play);
    clearTimeout(address);
    address = setTimeout(keepAddress, SETTLED, data.address);
    if (store.loops?.running) queue.waiting.set('more', { type: 'more' });
    queue.next();
  }

  return store;
}

function same(a, b) { return JSON.stringify(a) === JSON.stringify(b); }

// The address brings this population back. Not a step of the browser's history.
function keepAddress(query) {
  const search = query ? `?${query}` : '';
  if (search !== location.search) history.replaceState(history.state, '', location.pathname + search + location.hash);
}
