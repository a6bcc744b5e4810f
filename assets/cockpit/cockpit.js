// The live part of the Community page: one instance for each mount, kept between data changes.

import { viewer } from './instances.js';
import { h } from './dom.js';
import { createStore } from './store.js';
import { readTheme } from './theme.js';
import { createLayout } from './layout.js';
import { createClock } from './play.js';
import { listenToKeys } from './keys.js';
import * as headline from './headline.js';
import * as notice from './notice.js';
import * as runbar from './runbar.js';
import * as asking from './asking.js';
import * as timeline from './timeline.js';
import * as tiles from './tiles.js';
import * as graph from './graph.js';
import * as charts from './charts.js';
import * as transcript from './transcript.js';
import * as card from './card.js';
import * as bet from './bet.js';
import * as present from './present.js';

const text = new TextDecoder();

export const view = viewer(createCockpit);

function createCockpit(component) {
  const root = component.parentElement.querySelector('.cockpit');
  const store = createStore(component);
  const hosts = Object.fromEntries(
    ['headline', 'notice', 'runbar', 'asking', 'timeline', 'tiles', 'graph', 'tabs', 'charts', 'transcript', 'card', 'bet', 'present']
      .map((name) => [name, h(`div.${name}-host`)]));
  const body = h('div.body', null, h('div.panel.left', null, hosts.graph),
    hosts.tabs, hosts.charts, hosts.transcript, hosts.card, hosts.bet);
  const modules = { headline, notice, runbar, asking, timeline, tiles, graph, charts, transcript, card, bet, present };
  let layout = null, closers = [], open = false;

  function mount() {
    open = true;
    root.removeAttribute('style');                           // the grey shape that stood here
    readTheme(root, store);
    root.replaceChildren(hosts.headline, hosts.notice, hosts.runbar, hosts.asking, hosts.timeline, hosts.tiles, body, hosts.present);
    for (const name of ['charts', 'transcript', 'card', 'bet']) hosts[name].classList.add('panel');
    layout = createLayout(root, hosts, store);
    store.subscribe(layout);
    for (const [name, module] of Object.entries(modules)) store.subscribe(module.create(hosts[name], store));
    store.subscribe(createClock(store));
    closers = [layout.close, listenToKeys(root, store), watchTheme(root, store)];
  }

  let heard = null;                      // the bytes of the last message: Streamlit hands them again when only the theme changes

  return {
    receive(next) {
      const fresh = next.data !== heard;
      heard = next.data;
      store.receive(next, fresh && heard ? JSON.parse(text.decode(heard)) : null);
      if (!store.meta) return;
      if (!open) { mount(); store.mark('reset'); store.mark('size'); store.flush(); }
      if (readTheme(root, store)) store.mark('theme');
    },
    close() {
      store.close();
      for (const close of closers) close();
    },
  };
}

// The root's background follows Streamlit's variable through a 1 ms transition: its start tells of a new theme.
function watchTheme(root, store) {
  const look = () => { if (readTheme(root, store)) store.mark('theme'); };
  root.addEventListener('transitionstart', look);
  return () => root.removeEventListener('transitionstart', look);
}
