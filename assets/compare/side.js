// One day of one run: the cockpit's own graph, and its lines with those marked that the other run has not.

import { attr, h, number, show, text } from '../cockpit/dom.js';
import { entry } from '../cockpit/entry.js';
import { createFeed } from '../cockpit/feed.js';
import * as graphs from '../cockpit/graph.js';
import { icon } from '../cockpit/icons.js';
import { LETTERS, letter, sample } from './look.js';

export function createSide(store, run, against, only) {
  let items = [], told = null, opened = new Set();
  const views = new Set();
  const name = store.meta.runs[run].title;
  const title = h('h3'), graphHost = h('div.graph-host'), stage = h('div.lines-stage'), hollow = h('p.nothing-here', { hidden: true });
  const node = h('section.side', { 'aria-label': `${LETTERS[run]}: ${name}` },
    h('div.side-name', null, sample(run), letter(run), h('span.name', null, name)), graphHost, title, stage);
  stage.append(hollow);

  // What the graph reads of a store, of this run alone.
  const face = {
    details: new Map(), rows: [], meta: { groups: [], factories: [], chips: [] }, day: store.day, pointed: null, card: null,
    playing: false, speed: 1, presenting: false,
    get theme() { return store.theme; },
    get detail() { return face.details.get(face.day) ?? null; },
    need(days) { const day = days.find((one) => !face.details.has(one)); if (day !== undefined) store.also(run, against, day); },
    point(what) {
      if (JSON.stringify(what) === JSON.stringify(face.pointed)) return;
      face.pointed = what; pass('pointed');
      for (const { node: row, item } of feed.nodes()) mark(row, item);
    },
    openCard(id) { face.point({ resident: id }); },
    jump({ i }) { feed.goto(`${i}`); },
  };
  const feed = createFeed(stage, { draw, guess, seen() {}, scrolled() {} });
  attr(feed.scroller, 'aria-label', `Lines of ${LETTERS[run]}`);
  views.add(graphs.create(graphHost, face));

  function pass(...changes) { for (const view of views) view.update(new Set(changes)); }

  // Take in a day if it is here; days before it, too, which the graph can show together.
  function load(reset) {
    const side = store.side(run, against, store.day);
    face.day = store.day;
    if (!side || side === told && !reset) return;
    told = side;
    show(graphHost, !side.missing);
    if (side.missing) { text(title, side.missing); feed.set(items = []); show(hollow, false); return; }
    face.meta = side.meta;
    take(side);
    text(title, side.title); attr(title, 'title', side.title);
    attr(node, 'data-day', side.day);
    pass('reset');
    list();
  }

  function take(side) {
    face.details.set(side.day, side.detail);
    // The graph draws to the measure of the richest day up to this one.
    if (!face.rows.length) face.rows = store.rows.map(({ day }) => ({ day, head: store.columns.head[run][day] }));
    face.rows[side.day].titles = { graph: side.graph };
  }

  function list() {
    const apart = new Set(told.only);
    items = told.detail.lines.filter((line) => !only || apart.has(line.i)).map((line) => (
      { key: `${line.i}`, line, apart: apart.has(line.i), state: opened.has(`${line.day}:${line.i}`) ? 'open' : '', height: 0 }));
    feed.set(items);
    const reader = document.activeElement;                      // keeps the focus while the lines come
    feed.goto((items.find((item) => item.apart) ?? items[0])?.key);
    reader?.focus({ preventScroll: true });
    show(hollow, !items.length);
    const { total_lines: all, lines } = told.detail;
    text(hollow, only && all ? `Every line of this day is in ${LETTERS[against]} too.` : 'Nobody spoke and nothing happened.');
    attr(stage, 'data-more', all > lines.length ? `the gravest and newest ${number(lines.length, 0)} of ${number(all, 0)} lines` : null);
  }

  function draw(item) {
    const turn = () => {
      const key = `${item.line.day}:${item.line.i}`;
      if (!opened.delete(key)) opened.add(key);
      list();
    };
    const row = entry(item.line, { open: turn, jump: ({ day }) => store.goto(day) }, { open: item.state === 'open' });
    if (item.apart) {
      row.classList.add('apart');
      row.querySelector('.chips').prepend(h('span.chip.apart-chip', null, icon('flag', 12), `only in ${LETTERS[run]}`));
    }
    row.addEventListener('pointerenter', () => face.point({ day: item.line.day, line: item.line.i }));
    row.addEventListener('pointerleave', () => face.point(null));
    mark(row, item);
    return row;
  }

  function mark(row, { line }) {
    const at = face.pointed;
    row.classList.toggle('pointed', !!at && (at.resident !== undefined ? line.from === at.resident || line.to === at.resident : at.line === line.i && at.day === line.day));
  }

  function guess(item, width) { return 31 + 17 * Math.ceil(item.line.text.length / Math.max(20, width / 6.2)) + (item.state ? 110 : 0); }

  return {
    node,
    filter(on) { only = on; if (told && !told.missing) list(); },
    update(changes) {
      if (changes.has('reset') || changes.has('day') || changes.has('sides')) {
        for (const day of [store.day - 1, store.day - 2, store.day - 3, store.day - 4, store.day - 5, store.day - 6]) {
          const past = store.side(run, against, day);
          if (past?.detail && !face.details.has(day)) { take(past); if (told?.day === store.day) pass('detail'); }
        }
        load(changes.has('reset'));
      }
      if (changes.has('theme')) pass('theme');
    },
    close() { views.clear(); node.remove(); },
  };
}
