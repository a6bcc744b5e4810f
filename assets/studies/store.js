// What the page knows of the study it shows, and its one way to ask Python for more (docs/studies-page.md).

import { createChanges } from '../cockpit/changes.js';
import { createQueue } from '../cockpit/queue.js';

const PATIENCE = 8000;                  // ms before a question counts as lost and is asked again
const PAUSE = 1000;                     // ms between two looks at a study that runs
const OTHER = ['tab', 'pick'];
const ORDER = ['resync', 'cancel', 'pause', 'resume', 'tab', 'pick', 'more'];

export function createStore(component) {
  const { views, mark, flush } = createChanges(() => !!store.study);
  const queue = createQueue((question) => store.component.setTriggerValue('ask', question), ORDER, PATIENCE);
  let visit = null, seq = 0, pause = 0;

  const store = {
    component, theme: null,
    study: null, tabs: [], tab: '', picks: [], notice: null, pending: false,
    parts: [],                          // of the tab shown, in order: {key, kind, title, …}

    // The newest question of a kind counts, of a pick the newest of its name.
    ask(what) { queue.waiting.set(`${what.type} ${what.name ?? ''}`, what); next(); },
    get busy() { return queue.current !== null && queue.current.type !== 'more'; },
    // Whether other answers were asked for than those that arrive now.
    get awaited() { return [queue.current, ...queue.waiting.values()].some((what) => what && OTHER.includes(what.type)); },
    mark, flush, receive,
    subscribe(view) { views.add(view); },
    close() { queue.close(); clearTimeout(pause); document.removeEventListener('visibilitychange', look); views.clear(); },
  };
  document.addEventListener('visibilitychange', look);

  function next() { if (queue.next() && store.busy) mark('busy'); }

  // While it runs, the page looks again and again: only as long as somebody sees it.
  function look() {
    clearTimeout(pause);
    if (store.pending) { queue.waiting.set('more ', { type: 'more' }); return; }
    if (store.study?.live && !document.hidden) pause = setTimeout(() => store.ask({ type: 'more' }), PAUSE);
  }

  // Take in one message. Heard twice, it changes nothing; where a part is missing, everything is asked for.
  function receive(component, data) {
    store.component = component;
    if (!data || data.visit === visit && data.seq <= seq) return;
    if (data.visit !== visit) { queue.forget(); store.parts = []; }
    visit = data.visit; seq = data.seq;
    if (store.study && store.study.state !== data.study.state) document.dispatchEvent(new Event('commonweal:study'));
    if (queue.heard(data.answered)) mark('busy');
    store.pending = data.pending;
    const older = store.awaited;
    for (const name of older ? ['study', 'notice'] : ['study', 'notice', 'tabs', 'tab', 'picks']) {
      if (JSON.stringify(store[name]) !== JSON.stringify(data[name])) { store[name] = data[name]; mark(name); }
    }
    if (older) { look(); next(); return; }
    const held = new Map(store.parts.map((part) => [part.key, part])), told = new Map(data.parts.map((part) => [part.key, part]));
    const whole = data.order.map((key) => told.get(key) ?? held.get(key));
    if (whole.some((part) => !part)) { store.ask({ type: 'resync' }); return; }
    if (told.size || whole.length !== store.parts.length || whole.some((part, k) => part !== store.parts[k])) { store.parts = whole; mark('parts'); }
    keepAddress(data.address);
    look(); next();
  }

  return store;
}

// The address brings this study back. Not a step of the browser's history.
function keepAddress(query) {
  const search = query ? `?${query}` : '';
  if (search !== location.search) history.replaceState(history.state, '', location.pathname + search + location.hash);
}
