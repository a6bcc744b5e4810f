// The card of one resident: takes the place of charts and transcript, the graph stays.

import { attr, clear, h, number, show, svg } from './dom.js';
import { icon } from './icons.js';
import { group } from './theme.js';
import { bars } from './bars.js';
import { chip, entry } from './entry.js';
import { notes, plan, questions } from './mind.js';
import { holdingsChart } from './sparkline.js';
import { wheel, wheelKey } from './wheel.js';
import { seat } from './seat.js';

const TABS = [['today', 'Today'], ['lines', 'Said and done'], ['memory', 'Memory'], ['profile', 'Profile']];
const ASKED = [['asked', 'Asked and answered']];   // of residents that are asked in words
const LATEST = 4;                       // memories and promises shown on the first tab
const PROMISE = { broken: ['broken-link', 'hostile.grave'], kept: ['check', 'help'], open: ['clock', 'talk'] };

export function create(host, store) {
  let tab = 'today', open = null, back = null, drawn = null;
  const turned = new Set(), unfolded = new Set();
  const actions = { card: (id) => store.openCard(id), jump: (at) => { store.openCard(null); store.jump(at); }, verdicts: store.verdicts };

  function draw() {
    const card = store.card;
    if (tab === 'asked' && !card.mind) tab = 'today';
    const before = host.querySelector('[data-focus]:focus')?.dataset.focus;
    const scroll = host.querySelector('.card-body')?.scrollTop ?? 0;
    const same = drawn?.id === card.id && drawn?.tab === tab;
    const hue = group(store.theme.colour, card.group);
    const body = h('div.card-body', { role: 'tabpanel', 'aria-label': tabs(card).find(([key]) => key === tab)[1] });
    clear(host).append(h('section.card', { 'aria-label': `Resident ${card.name}` }, head(card, hue), tabList(card), body));
    ({ today, lines, memory, profile, asked })[tab](body, card, hue);
    body.scrollTop = same ? scroll : 0;
    if (before) host.querySelector(`[data-focus="${before}"]`)?.focus({ preventScroll: true });
    attr(host, 'data-day', card.day);
    drawn = { id: card.id, tab };
  }

  function head(card, hue) {
    return h('header.card-head', null, portrait(card, hue), h('div.card-who', null,
      h('div.card-name', null, h('h2', { tabindex: -1, 'data-focus': 'name' }, card.name),
        h('span.chip', { style: { color: hue.ink, 'border-color': hue.ink } }, dot(card.group, hue), card.condition),
        card.workplace && h('span.chip', null, workRing(card.factory), `works at the ${card.workplace}`),
        !card.alive && h('span.chip', null, icon('x', 12), 'gone')),
      h('p.sub', null, card.summary), seat(card, store)),
    h('button.btn.quiet.card-close', { type: 'button', 'data-focus': 'close', onclick: () => store.openCard(null) },
      icon('close', 14), 'Close', h('kbd', { 'aria-hidden': 'true' }, 'esc')));
  }

  function tabs(card) { return card.mind ? [...TABS, ...ASKED] : TABS; }

  function tabList(card) {
    const all = tabs(card);
    const pick = (key) => { tab = key; draw(); host.querySelector(`[data-focus="tab-${key}"]`).focus(); };
    return h('div.tabs', { role: 'tablist', 'aria-label': `Card of ${card.name}` }, all.map(([key, words], at) => h('button.tab', {
      type: 'button', role: 'tab', 'data-focus': `tab-${key}`, 'aria-selected': String(key === tab), tabindex: key === tab ? 0 : -1,
      onclick: () => pick(key),
      onkeydown: (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        event.preventDefault(); event.stopPropagation();
        pick(all[(at + step + all.length) % all.length][0]);
      },
    }, key === 'lines' ? `${words} (${card.lines.length})` : words)));
  }

  function today(body, card, hue) {
    body.append(h('div.card-two', null,
      h('div', null, values(card, hue), trust(card)),
      h('div', null, plan(card.mind), (!card.mind || card.why.length > 0) && why(card, hue), holdings(card, hue), promises(card.promises.slice(0, LATEST)),
        recall(newest(card.memory).slice(0, LATEST).reverse()))));
  }

  function values(card, hue) {
    const names = card.wheel.map((value) => value.name);
    const original = card.group === 0 && card.original.every((mean, k) => Math.abs(mean - card.values[k]) < 1e-9) ? null : card.original;
    const key = wheelKey(`${card.name}’s weight`, hue.fill, hue.ink, {
      original: original && 'mean of the original', below: card.values.some((value) => value < 0),
    });
    return h('section', null, h('h2', null, card.values_title),
      wheel({ names, values: card.values, original, fill: hue.fill, ink: hue.ink, title: `Values of ${card.name}` }),
      h('div.legend.centred', null, key.map(([sign, words]) => h('span', null, sign, words))));
  }

  function why(card, hue) {
    return h('section', null, h('h2', null, card.why_title), card.why_note && h('div.sub', null, card.why_note),
      card.why.length > 0 && bars(card.why.map((option) => ({
        label: option.label, value: option.score, strong: option.chosen, note: option.chosen && 'chosen',
        fill: option.chosen ? hue.fill : 'color-mix(in srgb, var(--gone) 45%, transparent)', edge: option.chosen ? hue.ink : null,
      }))));
  }

  function holdings(card, hue) {
    const lines = [
      { points: card.middle ?? [], word: 'middle', ink: 'var(--ink3)', width: 1.3 },
      { points: card.holdings, word: card.name, ink: hue.ink, width: 2.2 },
    ].filter((line) => line.points.some((point) => point[1] !== null));
    return h('section', null, h('h2', null, card.holdings_title),
      lines.length ? holdingsChart({ lines, horizon: store.meta.horizon, day: card.day, title: card.holdings_title })
        : h('p.sub', null, 'Nothing is known yet.'));
  }

  function trust(card) {
    if (!card.trust.length) return h('section', null, h('h2', null, card.trust_title));
    const colour = store.theme.colour;
    return h('section', null, h('h2', null, card.trust_title), bars([...card.trust].sort((a, b) => b.of - a.of).map((one) => ({
      label: h('button.person', { type: 'button', title: `Open ${one.name}’s card`, onclick: () => store.openCard(one.id) },
        dot(one.group, group(colour, one.group)), one.name),
      value: one.of, fill: one.of < 0 ? 'var(--hostile)' : 'var(--help)',
    })), { flip: true, least: 0.2, ends: [`distrusts ${card.name}`, `trusts ${card.name}`] }));
  }

  function promises(list) {
    return h('section', null, h('h2', null, 'Promises'), list.length ? h('ul.facts', null, list.map(({ state, text, day }) => {
      const [sign, tone] = PROMISE[state] ?? PROMISE.open;
      return h('li', null, h('span.fact-sign', null, chip(state, sign, tone)), h('span', null, text, ' · ', place(`day ${day}`, day)));
    })) : h('p.sub', null, 'None given so far.'));
  }

  function recall(list, all = false) {
    return h('section', null, all ? null : h('h2', null, 'Memory'), list.length ? h('ul.facts.memory', null, list.map(({ day, text }) =>
      h('li', null, h('span.fact-sign', null, place(`day ${day}`, day)), h('span', null, text)))) : h('p.sub', null, 'Nothing is remembered.'));
  }

  function place(words, day) {
    if (day > store.frontier) return h('span.sub', null, words);
    return h('button.place', { type: 'button', onclick: () => store.goto(day) }, words);
  }

  function lines(body, card) {
    if (!card.lines.length) { body.append(h('p.sub', null, `${card.name} has said and done nothing so far.`)); return; }
    body.append(h('div.card-lines', null, card.lines.map((line) => {
      const key = `${line.day}:${line.i}`;
      const turn = () => { if (!turned.delete(key)) turned.add(key); draw(); };
      return entry(line, { ...actions, open: turn }, { open: turned.has(key), withDay: true });
    })));
  }

  function memory(body, card) {
    body.append(...[notes(card.mind, place), recall(newest(card.memory), true), promises(card.promises)].filter(Boolean));
  }

  function asked(body, card) { body.append(...[plan(card.mind), questions(card.mind, unfolded)].filter(Boolean)); }

  function profile(body, card, hue) {
    const rows = card.wheel.map(({ name }, k) => ({ name, value: card.values[k], mean: card.original[k] }));
    body.append(h('div.card-two', null, h('div', null, values(card, hue)), h('div', null, h('h2', null, 'Weights, −1 to 1'),
      h('div.sub', null, 'bold: more than 0.20 from the mean of the original'),
      h('table.weights', null,
        h('thead', null, h('tr', null, ['Value', card.name, 'Original', 'Change'].map((words, k) => h(k ? 'th.n' : 'th', { scope: 'col' }, words)))),
        h('tbody', null, rows.map(({ name, value, mean }) => {
          const change = value - mean;
          return h(Math.abs(change) > 0.2 ? 'tr.strong' : 'tr', null, h('th', { scope: 'row' }, name),
            h('td.n', null, number(value, 2)), h('td.n', null, number(mean, 2)),
            h('td.n', null, `${change > 0.005 ? '+' : ''}${number(change, 2)}`));
        }))))));
  }

  return {
    update(changes) {
      if (!['card', 'theme', 'reset'].some((what) => changes.has(what))) return;
      const id = store.card?.id ?? null;
      if (id === null) {
        show(host, false); clear(host); drawn = null;
        if (open !== null && back?.isConnected) back.focus({ preventScroll: true });
        open = null;
        return;
      }
      const fresh = id !== open;
      if (fresh) { if (open === null) back = host.getRootNode().activeElement; tab = open === null ? 'today' : tab; turned.clear(); unfolded.clear(); }
      show(host, true);
      draw();
      if (fresh) host.querySelector('[data-focus="name"]').focus({ preventScroll: true });
      open = id;
    },
  };
}

function newest(memory) { return [...memory].sort((a, b) => b.day - a.day); }

// Seven rows of seven squares, from Python.
function portrait(card, hue) {
  const squares = card.portrait.flatMap((row, y) => row.map((on, x) => on && svg('rect', { x, y, width: 1.02, height: 1.02 })));
  return svg('svg.portrait', { viewBox: '-1 -1 9 9', role: 'img', 'aria-label': `Portrait of ${card.name}`, fill: hue.ink }, squares);
}

function dot(index, hue) {
  return svg('svg.dot', { viewBox: '-6 -6 12 12', width: 12, height: 12, 'aria-hidden': 'true' },
    svg('circle', { r: 5, fill: hue.fill, stroke: hue.ink, 'stroke-width': index ? 1 : 0 }),
    index > 0 && svg('circle', { r: 1.9, fill: 'var(--bg)' }));
}

function workRing(factory) {
  const dashes = [null, '1.5 2.4', '4.5 2.6', null];
  return svg('svg.dot', { viewBox: '-7 -7 14 14', width: 13, height: 13, 'aria-hidden': 'true' },
    svg('circle', { r: 5.4, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.6, 'stroke-dasharray': dashes[factory % 4] }),
    factory % 4 === 3 && svg('circle', { r: 2.8, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.2 }));
}
