// The live part of the Compare page: one instance for each mount, kept between data changes.

import { viewer } from '../cockpit/instances.js';
import { h } from '../cockpit/dom.js';
import { readTheme } from '../cockpit/theme.js';
import { createStore } from './store.js';
import * as head from './head.js';
import * as charts from './charts.js';
import * as figures from './figures.js';
import * as luck from './luck.js';
import * as days from './days.js';

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="combobox"], [role="listbox"], [role="application"], [role="radiogroup"], [role="dialog"]';

export const view = viewer(createPage);

function createPage(component) {
  const root = component.parentElement.querySelector('.cockpit');
  const store = createStore(component);
  const modules = { head, charts, figures, luck, days };
  const hosts = Object.fromEntries(Object.keys(modules).map((name) => [name, h(`section.${name}-part`)]));
  let open = false;

  function mount() {
    open = true;
    root.removeAttribute('style');
    readTheme(root, store);
    root.replaceChildren(hosts.head, h('div.above', null, hosts.charts, hosts.figures), hosts.days, hosts.luck);
    for (const [name, module] of Object.entries(modules)) store.subscribe(module.create(hosts[name], store));
    // The root's background follows Streamlit's variable through a 1 ms transition: its start tells of a new theme.
    root.addEventListener('transitionstart', look);
    sizes.observe(root);
    document.addEventListener('keydown', turn);
  }

  // The arrow keys turn the days, Home and End go to the first and the last, wherever nobody types or chooses.
  function turn(event) {
    const at = event.composedPath()[0];
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || at instanceof Element && at.closest(TYPING)) return;
    const day = { ArrowLeft: store.day - 1, ArrowRight: store.day + 1, Home: 0, End: store.frontier }[event.key];
    if (day === undefined) return;
    event.preventDefault();
    store.goto(day);
  }

  function look() { if (readTheme(root, store)) store.mark('theme'); }

  const sizes = new ResizeObserver(() => {
    root.dataset.layout = root.clientWidth < 860 ? 'narrow' : root.clientWidth < 1060 ? 'mid' : 'wide';
  });

  return {
    receive(next) {
      store.receive(next);
      if (!store.meta) return;
      if (!open) { mount(); store.mark('reset'); store.flush(); }
      look();
    },
    close() { store.close(); sizes.disconnect(); root.removeEventListener('transitionstart', look); document.removeEventListener('keydown', turn); },
  };
}
