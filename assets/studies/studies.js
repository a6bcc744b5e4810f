// The live part of the Studies page: one instance for each mount, kept between data changes (docs/studies-page.md).

import { viewer } from '../cockpit/instances.js';
import { h } from '../cockpit/dom.js';
import { readTheme } from '../cockpit/theme.js';
import { createStore } from './store.js';
import * as head from './head.js';
import * as tabs from './tabs.js';
import * as parts from './parts.js';

const text = new TextDecoder();

export const view = viewer(createPage);

function createPage(component) {
  const root = component.parentElement.querySelector('.cockpit');
  const store = createStore(component);
  const modules = { head, tabs, parts };
  const hosts = Object.fromEntries(Object.keys(modules).map((name) => [name, h(`section.${name}-part`)]));
  let views = [], open = false;

  function mount() {
    open = true;
    root.removeAttribute('style');
    readTheme(root, store);
    root.replaceChildren(...Object.values(hosts));
    views = Object.entries(modules).map(([name, module]) => module.create(hosts[name], store));
    for (const one of views) store.subscribe(one);
    // The root's background follows Streamlit's variable through a 1 ms transition: its start tells of a new theme.
    root.addEventListener('transitionstart', look);
    sizes.observe(root);
  }

  function look() { if (readTheme(root, store)) store.mark('theme'); }

  const sizes = new ResizeObserver(() => {
    root.dataset.layout = root.clientWidth < 860 ? 'narrow' : root.clientWidth < 1060 ? 'mid' : 'wide';
    store.mark('size');
  });

  return {
    receive(next) {
      store.receive(next, next.data && JSON.parse(text.decode(next.data)));
      if (!store.study) return;
      if (!open) { mount(); for (const what of ['study', 'tabs', 'parts', 'notice']) store.mark(what); store.flush(); }
      look();
    },
    close() {
      store.close(); sizes.disconnect(); root.removeEventListener('transitionstart', look);
      for (const one of views) one.close?.();
    },
  };
}
