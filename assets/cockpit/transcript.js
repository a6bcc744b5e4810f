// The transcript: every message and event up to the chosen day, newest at the end.

import { attr, clear, h, number, plural, show, text } from './dom.js';
import { icon } from './icons.js';
import { entry, opens } from './entry.js';
import { createFeed } from './feed.js';
import { NONE, isActive, matches, nothingFound, parts, readFilter } from './filter.js';
import { createFilterMenu } from './filtermenu.js';

const NAMED = 4;                        // names told of those who did the same
const REST = 500;                       // ms of quiet before the address learns of a filter

export function create(host, store) {
  let filter = { ...NONE }, days = new Map(), turned = new Map(), shownDay = -1, seenUpTo = 0, target = null, timer = 0;
  const names = new Map();              // id -> name, of all who were seen
  const title = h('h2'), tools = h('div'), stage = h('div.transcript-stage');
  const hollow = h('div.nothing', { hidden: true, role: 'status' });
  const dayNow = h('div.day-line.day-now', { hidden: true, 'aria-hidden': 'true' });
  const pill = h('button.new-pill', { type: 'button', hidden: true, onclick: () => { feed.follow(); told(); } });
  host.append(h('div.transcript', null, title, tools, stage));
  const feed = createFeed(stage, { draw, guess, seen, scrolled: (end) => { if (end) told(); } });
  stage.append(dayNow, hollow, pill);
  const nameOf = (id) => names.get(id) ?? `resident ${id}`;
  const menu = createFilterMenu(tools, {
    apply: (next) => { setFilter(next); tell(); }, nameOf, last: () => store.frontier,
    people: () => [...names].sort((a, b) => a[1].localeCompare(b[1])),
  });
  const actions = { card: (id) => store.openCard(id), jump: ({ day, i }) => store.jump({ day, i }), verdicts: store.verdicts };

  function setFilter(next) { filter = next; days = new Map(); menu.set(filter); collect(); }

  function tell() {
    clearTimeout(timer);
    timer = setTimeout(() => store.ask({ type: 'filter', filter }), REST);
  }

  // Items of one day that pass the filter; kept until the filter or the day's details change.
  function ofDay(day) {
    const detail = store.details.get(day), known = days.get(day);
    if (known?.detail === detail) return known.items;
    const items = [];
    let idlers = null;
    for (const line of detail.lines) {
      if (!matches(line, filter)) continue;
      const item = { key: `${line.day}:${line.i}`, line, opens: opens(line), at: line.i, day, state: '', height: 0 };
      if (!idle(line)) items.push(item);
      else if (!idlers) items.push(idlers = item);
      else idlers.line = together(idlers.line, line);
    }
    if (items.length) items.unshift({ key: `day ${day}`, line: null, day, state: '', height: 0, detail });
    for (const [id, name] of detail.nodes) names.set(id, name);
    days.set(day, { detail, items });
    return items;
  }

  // All items up to the chosen day, and a row wherever days are not in this page.
  function collect() {
    const first = Math.max(1, filter.from ?? 1), last = Math.min(store.day, filter.to ?? store.day);
    const items = [];
    let gap = null;
    for (let day = first; day <= last; day += 1) {
      if (!store.details.has(day)) {
        if (!gap) items.push(gap = { key: `gap ${day}`, line: null, from: day, to: day, gap: true, state: '', height: 0 });
        gap.to = day; gap.state = `${day}`;
        continue;
      }
      gap = null;
      for (const item of ofDay(day)) { refresh(item); items.push(item); }
    }
    feed.set(items);
    count();
    hollowOut(items, first, last);
  }

  // A betrayal of the chosen day is open, every other line closed, unless the reader turned it.
  function refresh(item) {
    if (!item.opens) return;
    const open = turned.get(item.key) ?? (item.line.betrayal && item.day === store.day) ? 'open' : '';
    if (item.state !== open) { item.state = open; item.height = 0; }
  }

  function draw(item) {
    if (item.gap) return h('div.gap', null, h('button.place', { type: 'button', onclick: () => store.need([item.to]) },
      item.from === item.to ? `Show day ${item.from}` : `Show days ${item.from} to ${item.to}`));
    if (!item.line) {
      const { total_lines: all, lines } = item.detail;
      return h('div.day-line', { role: 'separator', 'aria-label': `Day ${item.day}` }, h('span', null, `Day ${item.day}`),
        all > lines.length && h('span.sub', null, `the gravest and newest ${number(lines.length, 0)} of ${number(all, 0)} lines`));
    }
    const turn = () => { turned.set(item.key, item.state !== 'open'); collect(); };
    const node = entry(item.line, { ...actions, open: turn }, { open: item.state === 'open' });
    node.addEventListener('pointerenter', () => store.point({ day: item.day, line: item.at }));
    node.addEventListener('pointerleave', () => store.point(null));
    mark(node, item);
    return node;
  }

  function guess(item, width) {
    if (!item.line) return 26;
    return 31 + 17 * Math.ceil(item.line.text.length / Math.max(20, width / 6.2)) + (item.state === 'open' ? 110 : 0);
  }

  // A row of missing days in sight asks for the newest of them: scrolling up brings the past.
  function seen(item, first) {
    if (item.gap && !store.playing) store.need([item.to]);
    if (!first) return;
    show(dayNow, !item.gap);
    if (!item.gap) text(dayNow, `Day ${item.day}`);
  }

  function mark(node, item) {
    const at = store.pointed;
    node.classList.toggle('pointed', !!at && (at.resident !== undefined ? item.line.from === at.resident || item.line.to === at.resident
      : at.day === item.day && at.line === item.at));
    node.classList.toggle('here', target === item.key);
  }

  function remark() { for (const { node, item } of feed.nodes()) if (item.line) mark(node, item); }

  // The reader sees the newest: nothing is new to them.
  function told() { seenUpTo = store.day; count(); }

  function count() {
    let fresh = 0;
    for (let day = seenUpTo + 1; day <= store.day && !feed.following; day += 1) {
      fresh += days.get(day)?.items.filter((item) => item.line).length ?? 0;
    }
    show(pill, fresh > 0);
    if (fresh) clear(pill).append(`${number(fresh, 0)} new`, icon('arrow-down', 12));
  }

  function hollowOut(items, first, last) {
    const empty = !items.length;
    show(hollow, empty);
    if (!empty) return;
    clear(hollow);
    if (!isActive(filter)) {
      hollow.append(icon('talk', 20), h('b', null, store.day === 0 ? 'Nobody has spoken yet' : `Nobody spoke on day ${store.day}`),
        h('p', null, store.day === 0 ? 'Day 0 is the start. Step or play to hear the first words.' : 'No message was sent and nothing happened.'));
      return;
    }
    let lines = 0, people = 0;
    for (let day = first; day <= last; day += 1) for (const line of store.details.get(day)?.lines ?? []) {
      lines += 1; if (filter.residents.includes(line.from) || filter.residents.includes(line.to)) people += 1;
    }
    const { title: none, words } = nothingFound(filter, nameOf, { first, last, lines, people });
    hollow.append(icon('search', 20), h('b', null, none),
      h('p', null, first <= last ? words : `The page shows days up to ${store.day}.`),
      h('div.hollow-actions', null, parts(filter, nameOf).map(({ words: part, rest }) => h('button.btn.small', {
        type: 'button', onclick: () => { setFilter(rest); tell(); },
      }, `Clear the filter ${part.startsWith('“') ? part : `“${part}”`}`))));
  }

  // Bring the line a link named into view; waits for its day if that is not here yet.
  function aim() {
    if (!store.target || !store.details.has(store.target.day)) return;
    const key = `${store.target.day}:${store.target.i}`;
    store.target = null;
    if (!feed.goto(key) && isActive(filter)) { setFilter({ ...NONE }); tell(); feed.goto(key); }
    target = key; remark(); count();
  }

  return {
    update(changes) {
      if (!store.meta || !store.rows[store.day]) return;
      if (changes.has('reset')) {
        days = new Map(); turned = new Map(); names.clear(); target = null; shownDay = -1;
        filter = readFilter(store.filter); menu.set(filter);
      }
      if (['reset', 'rows', 'day', 'detail'].some((what) => changes.has(what))) {
        const moved = store.day !== shownDay;
        const elsewhere = moved && (shownDay < 0 || store.day < shownDay || !changes.has('rows') && !store.playing);
        shownDay = store.day;
        if (moved) target = null;
        const words = store.rows[store.day].titles.transcript ?? '';
        text(title, words); attr(title, 'title', words);
        attr(host, 'data-day', store.day);
        collect();
        if (filter.residents.length && changes.has('detail')) menu.set(filter);      // names may be known only now
        if (elsewhere && !store.target) feed.follow();
        if (feed.following) told();
      }
      if (changes.has('jump') || changes.has('detail')) aim();
      if (changes.has('pointed')) remark();
    },
  };
}

// An exploration that found nobody: a line for each would bury what was said that day.
function idle(line) { return line.chip === 'explores' && !(line.to >= 0) && !line.labels && !line.meant && line.text.startsWith(line.who); }

// One line for all who explored in vain.
function together(line, { who, text: words }) {
  const names = [...(line.names ?? [line.who]), who], more = names.length - NAMED;
  const list = more > 1 ? `${names.slice(0, NAMED).join(', ')} and ${number(more, 0)} others`
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return { ...line, from: -1, who: plural(names.length, 'resident'), names, text: list + words.slice(who.length) };
}
