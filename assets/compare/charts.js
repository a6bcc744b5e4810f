// The figures of all runs on one time axis: population large, the others beneath; one zoom and one day for all.

import { attr, clear, h, show, svg, text } from '../cockpit/dom.js';
import { icon } from '../cockpit/icons.js';
import { createPlot } from '../cockpit/plot.js';
import { loadPlotly } from '../cockpit/plotly.js';
import { downloads } from '../cockpit/download.js';
import { LETTERS, dash, ink } from './look.js';

const PANELS = [
  { key: 'alive', sub: 'Residents alive', digits: 0, zero: true, large: true },
  { key: 'head', sub: 'Units a head', digits: 1, zero: true },
  { key: 'gini', sub: 'Gini, 0 to 1', digits: 2, zero: true },
  { key: 'sc', sub: '0 to 1', digits: 2, zero: false },
  { key: 'behaviour', digits: 0, zero: true },
];

export function create(host, store) {
  let plots = [], library = null, asked = false;
  const reset = h('button.zoomed', { type: 'button', hidden: true, onclick: () => zoom.set(null) });
  const zoom = {
    range: null,
    set(range) {
      const end = store.frontier;
      if (range) range = [Math.max(0, Math.floor(range[0])), Math.min(end, Math.ceil(range[1]))];
      if (range && range[1] - range[0] < 3) range = null;
      zoom.range = range && (range[0] > 0 || range[1] < end) ? range : null;
      show(reset, !!zoom.range);
      if (zoom.range) {
        clear(reset).append(`days ${range[0]} to ${range[1]}`, icon('x', 11));
        attr(reset, 'aria-label', `Zoomed to days ${range[0]} to ${range[1]}: show all days`);
      }
      for (const { plot } of plots) plot.whole();
    },
  };

  function build() {
    for (const { plot } of plots) plot.destroy();
    plots = [];
    clear(host).classList.add('charts-host');
    for (const panel of PANELS) add(panel);
    plots[0].frame.append(reset);
    paint();
  }

  function add(panel) {
    const title = h('h2'), frame = h('div.plot'), less = h('span', null, ', less A'), sub = h('div.sub', null, panel.sub ?? choice(), less);
    const plot = createPlot(frame, store, zoom, spec(panel));
    const save = downloads(() => ({
      plot, title: title.textContent, sub: `${panel.sub ?? behaviourName()}${store.difference ? ', less A' : ''}`, name: panel.key === 'behaviour' ? store.behaviour : panel.key, seeds: store.meta.runs.map((run) => run.seed), day: store.day,
      names: store.meta.runs.map((run, k) => `${LETTERS[k]}: ${run.title}`),
    }));
    host.append(h(`section.block.${panel.large ? 'large' : 'little'}`, { 'data-figure': panel.key }, title, h('div.sub-row', null, sub, save), frame));
    plots.push({ plot, panel, title, frame, less });
    if (library) plot.attach(library);
  }

  // The first run on the days that both have lived: the shade reaches down to it, and no further than those days.
  function floor(figure) {
    const both = (day) => [0, 1].every((run) => Number.isFinite(store.value(figure(), run, day)));
    return { of: (row) => (both(row.day) ? store.value(figure(), 0, row.day) : null), word: '', label: false, width: 0, colour: (c) => c.ink };
  }

  // Each run a line; of two runs the room between them is shaded.
  function spec(panel) {
    const figure = () => (panel.key === 'behaviour' ? store.behaviour : panel.key);
    const count = store.meta.runs.length;
    return {
      name: panel.sub ?? 'Behaviour', left: 34, get zero() { return panel.zero || store.difference; }, digits: panel.digits,
      lines: store.meta.runs.flatMap((_, run) => [
        ...(count === 2 && run === 1 ? [floor(figure)] : []), {
          of: (row) => store.value(figure(), run, row.day), word: LETTERS[run], dot: true, width: 2, dash: dash(run),
          colour: (c) => ink(c, run), ink: (c) => ink(c, run),
          ...(count === 2 && run === 1 ? { fill: 'previous', area: (c) => [c.accent, 0.13] } : {}),
        }]),
      marks: (layer, place) => drawPartings(layer, place, panel.large),
    };
  }

  // Where runs leave the first one, as dotted lines; in words where there is room.
  function drawPartings(layer, { x, box, colour }, worded) {
    const days = new Map();
    for (const [one, other, day] of store.meta.partings) if (one === 0 && day !== null) days.set(day, [...days.get(day) ?? [], LETTERS[other]]);
    let row = 0;
    for (const [day, letters] of [...days].sort((a, b) => a[0] - b[0])) {
      const at = x(day, box);
      if (at < box.left || at > box.right) continue;
      layer.append(svg('path', { d: `M${at} ${box.top}V${box.bottom}`, stroke: colour.ink2, 'stroke-width': 1.2, 'stroke-dasharray': '1.5 3' }));
      if (!worded) continue;
      const right = at > (box.left + box.right) / 2;
      const words = day === 0 ? `${letters.join(', ')} differ${letters.length === 1 ? 's' : ''} from the start` : `day ${day}: ${letters.join(', ')} part${letters.length === 1 ? 's' : ''} from A`;
      layer.append(svg('text.label', { x: at + (right ? -6 : 6), y: box.top + 9 + 14 * row, 'text-anchor': right ? 'end' : 'start', fill: colour.ink2 }, words));
      row += 1;
    }
  }

  function choice() {
    return h('span', null, h('select.behaviour', { 'aria-label': 'Behaviour', onchange: (event) => store.set('behaviour', event.target.value) },
      store.meta.behaviours.map(([name, words]) => h('option', { value: name, selected: name === store.behaviour }, words))), ' so far');
  }

  function behaviourName() { return `${store.meta.behaviours.find(([name]) => name === store.behaviour)[1]} so far`; }

  function paint() {
    for (const { panel, title, less } of plots) {
      show(less, store.difference);
      const said = store.meta.titles[panel.key === 'behaviour' ? store.behaviour : panel.key];
      text(title, said);
      attr(title, 'title', said);
    }
    attr(host, 'data-day', store.day);
  }

  function load() {
    loadPlotly().then((found) => { library = found; for (const { plot } of plots) plot.attach(found); }, (error) => {
      clear(host).append(h('p.empty', null, error.message, ' The figures beside still hold. Reload the page to try again.'));
      plots = [];
    });
  }

  return {
    update(changes) {
      if (changes.has('reset')) { zoom.range = null; show(reset, false); build(); }
      if (!asked) { asked = true; load(); }
      if (['theme', 'difference', 'behaviour'].some((what) => changes.has(what))) for (const { plot } of plots) plot.whole();
      if (changes.has('difference') || changes.has('behaviour')) paint();
      if (changes.has('day')) { for (const { plot } of plots) plot.move(); attr(host, 'data-day', store.day); }
    },
  };
}
