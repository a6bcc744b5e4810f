// Above the list: the search, the filters, and what can be done with the marked runs.

import { attr, h, plural, show, text } from '../cockpit/dom.js';
import { icon } from '../cockpit/icons.js';
import { choices } from './search.js';

const STATES = ['unfinished', 'finished', 'died out', 'running', 'damaged'];
const FEWEST = 2;

// actions: {change(news), compare(), clear()}
export function createTools(state, { change, compare, clear }) {
  const search = h('input', {
    type: 'search', placeholder: 'Search title, tags, notes, scenario, seed', 'aria-label': 'Search the runs', value: state.words, autocomplete: 'off', spellcheck: 'false',
    oninput: () => change({ words: search.value }),
  });
  const pickers = {
    state: picker('All states', 'State', (value) => change({ state: value })),
    scenario: picker('All scenarios', 'Scenario', (value) => change({ scenario: value })),
    tag: picker('All tags', 'Tag', (value) => change({ tag: value })),
  };
  const count = h('span.count', { role: 'status' });
  const button = h('button.act', { type: 'button', onclick: compare }, icon('swap'), 'Compare');
  const none = h('button.none', { type: 'button', onclick: clear }, 'Mark none');
  const hint = h('span.hint');
  const node = h('div.tools', null,
    h('label.search', null, icon('search'), search), ...Object.values(pickers).map((one) => one.node),
    h('div.marked', null, count, hint, none, button));

  return {
    node,
    draw() {
      const { runs } = state.data, marked = state.marked.size;
      pickers.state.offer(choices(runs, (run) => [run.state]).filter(([value]) => STATES.includes(value)), state.state);
      pickers.scenario.offer(choices(runs, (run) => [run.scenario]), state.scenario);
      pickers.tag.offer(choices(runs, (run) => run.tags), state.tag);
      const all = state.found.length === runs.length;
      text(count, all ? plural(runs.length, 'run') : `${state.found.length} of ${plural(runs.length, 'run')}`);
      text(hint, !marked ? 'Mark two to four to compare them' : marked < FEWEST ? 'One marked; mark another' : `${marked} marked`);
      show(none, marked > 0);
      attr(button, 'disabled', marked < FEWEST ? '' : null);
    },
  };
}

function picker(all, label, chosen) {
  const node = h('select', { 'aria-label': label, onchange: () => chosen(node.value) });
  let offered = '';
  return {
    node,
    offer(values, now) {
      const key = JSON.stringify(values);
      show(node, values.length > 1 || now !== '');
      if (key === offered) return;
      offered = key;
      node.replaceChildren(h('option', { value: '' }, all), ...values.map(([value, count]) => h('option', { value }, `${value} (${count})`)));
      node.value = now;
      if (node.value !== now) chosen('');
    },
  };
}
