// The live part of the Conformity page: one instance for each mount, kept between data changes.

import { viewer } from '../cockpit/instances.js';
import { h } from '../cockpit/dom.js';
import { readTheme } from '../cockpit/theme.js';
import { createStore } from './store.js';
import { createClock } from './clock.js';
import * as title from './title.js';
import * as lesson from './lesson.js';
import * as bar from './bar.js';
import * as dials from './dials.js';
import * as people from './people.js';
import * as trace from './trace.js';
import * as landscape from './landscape.js';
import * as plane from './plane.js';
import * as loop from './loop.js';

const text = new TextDecoder();
const TYPING = 'input, textarea, select, [contenteditable="true"], [role="combobox"], [role="listbox"], [role="application"], [role="radiogroup"], [role="dialog"]';
const PRESSABLE = 'button, a[href], summary, [role="button"], [role="radio"]';

export const view = viewer(createPage);

function createPage(component) {
  const root = component.parentElement.querySelector('.cockpit');
  const store = createStore(component);
  const modules = { title, lesson, bar, dials, people, trace, landscape, plane, loop };
  const hosts = Object.fromEntries(Object.keys(modules).map((name) => [name, h(`section.${name}-part`)]));
  let views = [], open = false;

  function mount() {
    open = true;
    root.removeAttribute('style');
    readTheme(root, store);
    root.replaceChildren(hosts.title, hosts.lesson, hosts.bar,
      h('div.live', null, hosts.dials, hosts.people, h('div.charts', null, hosts.trace, hosts.landscape)),
      h('div.below', null, hosts.plane, hosts.loop));
    views = [...Object.entries(modules).map(([name, module]) => module.create(hosts[name], store)), createClock(store)];
    for (const one of views) store.subscribe(one);
    // The root's background follows Streamlit's variable through a 1 ms transition: its start tells of a new theme.
    root.addEventListener('transitionstart', look);
    sizes.observe(root);
    document.addEventListener('keydown', onKey);
  }

  function onKey(event) {
    const at = event.composedPath()[0];
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || at instanceof Element && at.closest(TYPING)) return;
    if (document.querySelector('[data-testid="stDialog"], [aria-modal="true"]')) return;
    if (event.key === ' ' && !(at instanceof Element && at.closest(PRESSABLE))) store.play(!store.playing);
    else if (event.key === 'ArrowRight') { store.play(false); store.step(1); }
    else return;
    event.preventDefault();
  }

  function look() { if (readTheme(root, store)) store.mark('theme'); }

  const sizes = new ResizeObserver(() => {
    root.dataset.layout = root.clientWidth < 860 ? 'narrow' : root.clientWidth < 1060 ? 'mid' : 'wide';
  });

  return {
    receive(next) {
      store.receive(next, next.data && JSON.parse(text.decode(next.data)));
      if (!store.theory) return;
      if (!open) { mount(); store.mark('theme'); store.mark('play'); store.flush(); }
      look();
    },
    close() {
      store.close(); sizes.disconnect(); root.removeEventListener('transitionstart', look); document.removeEventListener('keydown', onKey);
      for (const one of views) one.close?.();
    },
  };
}
