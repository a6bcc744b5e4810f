// What is looked at: the questions as tabs, and beside them what the figures are of (a measure, a prevalence).

import { clear, h } from '../cockpit/dom.js';

export function create(host, store) {
  const list = h('div.tabs', { role: 'tablist', 'aria-label': 'Answers', onkeydown: turn }), picks = h('div.picks');
  host.append(list, picks);
  let shown = '', chosen = '';

  function paint() {
    const key = JSON.stringify([store.tabs, store.tab]);
    if (key !== shown) {
      const focused = list.contains(document.activeElement);
      shown = key;
      clear(list).append(...store.tabs.map(([name, words]) => h('button.tab', {
        type: 'button', role: 'tab', 'aria-selected': String(name === store.tab), 'aria-controls': 'study-answers', tabindex: name === store.tab ? 0 : -1,
        'data-text': words, onclick: () => go(name),
      }, words)));
      if (focused) list.querySelector('[aria-selected="true"]')?.focus();
    }
    if (chosen === JSON.stringify(store.picks)) return;       // an open menu stays open
    chosen = JSON.stringify(store.picks);
    clear(picks).append(...store.picks.map(({ name, label, options, value }) => h('label.pick', null, h('span', null, label),
      h('select', { onchange: ({ target }) => store.ask({ type: 'pick', name, value: target.value }) },
        options.map(([option, words]) => h('option', { value: option, selected: option === value }, words))))));
  }

  // What was shown goes at once: it answers another question.
  function go(name) {
    if (name === store.tab) return;
    Object.assign(store, { tab: name, parts: [], picks: [] });
    store.mark('parts'); paint();
    store.ask({ type: 'tab', value: name });
  }

  function turn(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const at = store.tabs.findIndex(([name]) => name === store.tab);
    go(store.tabs[(at + by + store.tabs.length) % store.tabs.length][0]);
  }

  return { update(changes) { if (['tabs', 'tab', 'picks'].some((what) => changes.has(what))) paint(); } };
}
