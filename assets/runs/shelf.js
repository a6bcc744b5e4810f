// The list of runs: one instance for each mount. Searching, sorting and marking happen here; Python is only told
// which run is looked at, and which ones are to be compared. Titles, tags and notes may come from strangers: they are
// put in the page as text nodes alone.

import { h } from '../cockpit/dom.js';
import { readTheme } from '../cockpit/theme.js';
import { createRows } from './rows.js';
import { createTools } from './tools.js';
import { listed } from './search.js';

const seats = new WeakMap();
// What a visitor searched and marked: it outlives a visit to another page.
const state = { data: null, found: [], marked: new Set(), words: '', state: '', tag: '', scenario: '', by: 'modified', down: true, theme: null };

// data: {columns: {id: […], …, one list for each field of RUN}, picked: id of the run looked at or "", now: seconds since 1970, most: runs to compare}
// RUN: {id, file, title, scenario, mix, minds, size, seed, last, horizon, alive, state, modified, bytes, tags, notes, parent,
//       parentTitle, parentDay, curve, damaged}
export function view(component) {
  const { parentElement } = component;
  let seat = seats.get(parentElement);
  if (!seat) seats.set(parentElement, seat = create(component));
  seat.receive(component);
  return () => { if (!parentElement.isConnected) seats.delete(parentElement); };
}

function create(component) {
  const root = component.parentElement.querySelector('.shelf');
  state.theme = null;                                        // a new element knows no colours yet
  let ask = () => {}, asked = Date.now();
  const tell = (question) => ask('ask', { n: ++asked, ...question });

  const change = (news) => { Object.assign(state, news); draw(true); };
  const mark = (id) => {
    if (!state.marked.delete(id) && state.marked.size < state.data.most) state.marked.add(id);
    draw();
  };
  const pick = (id) => { state.data.picked = id; tell({ type: 'pick', id }); draw(); };
  const compare = () => tell({ type: 'compare', ids: [...state.marked] });

  const tools = createTools(state, { change, compare, clear: () => { state.marked.clear(); draw(); } });
  const rows = createRows(state, { change, mark, pick });
  root.replaceChildren(tools.node, rows.node);
  root.addEventListener('transitionstart', () => readTheme(root, state));

  function draw(anew = false) {
    state.found = listed(state.data.runs, state);
    tools.draw();
    rows.draw(anew);
  }

  return {
    receive({ data, setTriggerValue }) {
      ask = setTriggerValue;
      state.data = { ...data, runs: rowsOf(data.columns) };
      const here = new Set(state.data.runs.map((run) => run.id));
      for (const id of state.marked) if (!here.has(id)) state.marked.delete(id);
      readTheme(root, state);
      root.hidden = false;
      draw();
    },
  };
}

function rowsOf(columns) {
  const fields = Object.entries(columns);
  return (columns.id ?? []).map((_, k) => Object.fromEntries(fields.map(([name, values]) => [name, values[k]])));
}
