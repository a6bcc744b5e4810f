// The charts of a run: tabs, blocks and one zoom for all of them. Only what is in sight is drawn.

import { attr, clear, h, show, text } from './dom.js';
import { icon } from './icons.js';
import { beforeBet, inequality, tabs } from './figures.js';
import { createLorenz } from './lorenz.js';
import { createPlot } from './plot.js';
import { downloads } from './download.js';
import { loadPlotly } from './plotly.js';

export function create(host, store) {
  let shape = '', blocks = [], library = null, asked = false, failed = '';
  const bar = h('div.tabs', { role: 'tablist', 'aria-label': 'Charts' });
  const reset = h('button.zoomed', { type: 'button', hidden: true, onclick: () => zoom.set(null) });
  const body = h('div.charts-body', { role: 'tabpanel', id: `charts-${Math.random().toString(36).slice(2, 8)}` });
  host.append(bar, body);

  const zoom = {
    range: null,
    set(range) {
      const end = store.meta.horizon;
      if (range) range = [Math.max(0, Math.floor(range[0])), Math.min(end, Math.ceil(range[1]))];
      if (range && range[1] - range[0] < 3) range = null;
      zoom.range = range && (range[0] > 0 || range[1] < end) ? range : null;
      showZoom();
      for (const block of blocks) block.plot.whole();
    },
  };

  function showZoom() {
    show(reset, !!zoom.range);
    if (zoom.range) clear(reset).append(`days ${zoom.range[0]} to ${zoom.range[1]}`, icon('x', 11));
    if (zoom.range) attr(reset, 'aria-label', `Zoomed to days ${zoom.range[0]} to ${zoom.range[1]}: show the whole run`);
  }

  // Gini has its own place below the tab, where there is height for it; else it is a tab.
  function apart() { return store.layout !== 'narrow' && !store.short; }

  function known() {
    const all = tabs(store.meta, !apart());
    if (store.betting) return [{ key: 'bet', name: '', blocks: beforeBet }];
    return apart() ? all : [all[0], { key: 'inequality', name: 'Inequality', blocks: [inequality] }, ...all.slice(1)];
  }

  function build() {
    for (const block of blocks) block.plot.destroy();
    blocks = [];
    const all = known();
    const active = all.find((tab) => tab.key === store.chart) ?? all[0];
    show(bar, all.length > 1 && store.layout !== 'narrow');      // there the tabs of the right panel choose
    bar.classList.toggle('compact', !apart());
    clear(bar).append(...all.map((tab) => h('button.tab', {
      type: 'button', role: 'tab', 'data-text': tab.name, 'aria-controls': body.id,
      'aria-selected': String(tab === active), tabindex: tab === active ? 0 : -1,
      onclick: () => choose(tab.key), onkeydown: (event) => turn(event, all),
    }, tab.name)));
    clear(body);
    for (const block of active.blocks) add(block);
    if (apart() && !store.betting) { body.append(h('hr')); add(inequality); }
    blocks[0].frame.parentElement.append(reset);
    for (const block of blocks) if (library) block.plot.attach(library);
    paint();
  }

  function add(block) {
    const title = block.title && h('h2'), frame = h('div.plot'), beside = block.lorenz && h('div.beside');
    const sub = h('div.sub', null, block.sub ?? 'From 0, all equal, to 1');
    const save = downloads(() => ({
      plot, title: title?.textContent || block.plot.name, sub: sub.textContent, name: store.meta.scenario, seeds: [store.meta.seed], day: store.day,
    }));
    body.append(h('section.block', { style: { flex: `${block.grow} 1 0` } }, title, h('div.sub-row', null, sub, save),
      h('div.plots', null, frame, beside), block.key && key()));
    const plot = createPlot(frame, store, zoom, block.plot);
    blocks.push({ plot, block, title, frame, lorenz: beside && createLorenz(beside, store) });
  }

  function choose(next) {
    if (next === store.chart) return;
    store.chart = next; build();
    bar.querySelector('[aria-selected="true"]').focus();
  }

  function turn(event, all) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault(); event.stopPropagation();
    const at = Math.max(0, all.findIndex((tab) => tab.key === store.chart));
    choose(all[(at + step + all.length) % all.length].key);
  }

  // What depends on the chosen day alone: titles, cursors, labels, the Lorenz curve.
  function paint() {
    const row = store.rows[store.day];
    if (!row) return;
    attr(host, 'data-day', store.day);
    for (const { plot, block, title, lorenz } of blocks) {
      if (title) text(title, row.titles[block.title] ?? '');
      plot.move();
      lorenz?.move();
    }
  }

  function load() {
    loadPlotly().then((found) => { library = found; for (const { plot } of blocks) plot.attach(found); paint(); }, (error) => {
      failed = error.message;
      clear(body).append(h('p.empty', null, failed, ' The numbers above still hold. Reload the page to try again.'));
    });
  }

  return {
    update(changes) {
      if (!store.meta || failed) return;
      const now = `${apart()} ${store.betting} ${store.layout} ${store.layout === 'narrow' ? store.chart : ''} ${store.meta.groups.map((group) => group.label)} ${store.meta.factories}`;
      const other = now !== shape;
      if (other) { shape = now; zoom.range = null; showZoom(); build(); }
      if (!asked) { asked = true; load(); }
      if (changes.has('reset') && zoom.range) { zoom.range = null; showZoom(); }
      if (!other && ['reset', 'theme'].some((what) => changes.has(what))) for (const { plot } of blocks) plot.whole();
      else if (changes.has('rows')) for (const { plot } of blocks) plot.grow();
      if (['reset', 'rows', 'day', 'detail', 'theme'].some((what) => changes.has(what))) paint();
    },
  };
}

function key() {
  return h('div.legend', null, h('span', null, icon('birth', 12), 'birth'), h('span', null, icon('x', 12), 'death'));
}
