// One run, drawn: its population, and below it the runs it branched from or that branched from it.

import { h, number, svg } from '../cockpit/dom.js';
import { readTheme } from '../cockpit/theme.js';

const WIDE = 420, HIGH = 104, TOP = 16, FLOOR = 84;      // of the curve
const LINE = 30, HALF = 15, REACH = 148;                 // of the tree
const seats = new WeakMap();

// data: {curve: [alive, …], last, horizon, picked, runs: [{id, title, above, day, last, horizon, state}, …] parents first}
export function view(component) {
  const { parentElement, data, setTriggerValue } = component;
  const root = parentElement.querySelector('.portrait');
  if (!seats.has(parentElement)) {
    const seat = { theme: null };
    seats.set(parentElement, seat);
    root.addEventListener('transitionstart', () => readTheme(root, seat));
  }
  readTheme(root, seats.get(parentElement));
  root.replaceChildren(population(data), tree(data, (id) => setTriggerValue('ask', { n: Date.now(), type: 'pick', id })) ?? '');
  return () => { if (!parentElement.isConnected) seats.delete(parentElement); };
}

function population({ curve, last, horizon }) {
  const end = Math.max(1, horizon, last), most = Math.max(1, ...curve);
  const x = (day) => day / end * WIDE, y = (count) => FLOOR - count / most * (FLOOR - TOP);
  const points = curve.map((count, k) => `${x(curve.length > 1 ? k / (curve.length - 1) * last : 0).toFixed(1)} ${y(count).toFixed(1)}`).join('L');
  const now = curve.at(-1), right = x(last) > WIDE - 40;
  const words = `${number(curve[0], 0)} residents on day 0, ${number(now, 0)} on day ${last}, at most ${number(most, 0)}`;
  const label = (at, up, text, more) => svg('text', { x: at, y: Math.max(11, up), ...more }, text);
  return h('figure', null, h('figcaption', null, 'Residents alive'),
    svg('svg', { viewBox: `0 0 ${WIDE} ${HIGH}`, role: 'img', 'aria-label': words },
      svg('path', { d: `M${points}L${x(last).toFixed(1)} ${FLOOR}L0 ${FLOOR}Z`, fill: 'var(--area)' }),
      svg('path', { d: `M0 ${FLOOR}H${WIDE}`, stroke: 'var(--line2)' }),
      svg('path', { d: `M${points}`, fill: 'none', stroke: 'var(--ink)', 'stroke-width': 2, 'stroke-linejoin': 'round' }),
      svg('circle', { cx: x(last), cy: y(now), r: 3.2, fill: 'var(--accent)' }),
      label(0, y(curve[0]) - 6, number(curve[0], 0)),
      last > 0 && label(x(last), y(now) - 7, number(now, 0), { 'text-anchor': right ? 'end' : 'start' }),
      label(0, HIGH - 4, 'day 0', { class: 'axis' }), label(WIDE, HIGH - 4, number(end, 0), { class: 'axis', 'text-anchor': 'end' })));
}

function tree({ runs, picked }, pick) {
  if (!runs.length) return null;
  const names = runs.map((run) => h('div.member', null,
    run.id && run.id !== picked ? h('button.who', { type: 'button', onclick: () => pick(run.id) }, run.title) : h(`b.who${run.id ? '' : '.gone'}`, null, run.title || 'A run'),
    h('small', null, !run.id ? 'no longer kept' : run.above < 0 ? `to day ${run.last}` : `day ${run.day} to ${run.last}`)));
  return h('section', null, h('h2', null, 'Branches', h('small', null, 'the days each run lived on its own')),
    h('div.tree', null, lines(runs, picked), names));
}

function lines(runs, picked) {
  const end = Math.max(1, ...runs.map((run) => Math.max(run.last, run.horizon)));
  const x = (day) => 6 + day / end * REACH, y = (k) => HALF + k * LINE;
  const root = svg('svg.lines', { width: REACH + 12, height: runs.length * LINE, 'aria-hidden': 'true' });
  runs.forEach((run, k) => {
    const here = run.id === picked, stroke = here ? 'var(--accent)' : run.id ? 'var(--ink)' : 'var(--gone)', width = here ? 2 : 1.3;
    const from = x(run.day), to = Math.max(from + 6, x(run.last));
    if (run.above >= 0) root.append(svg('path', { d: `M${from} ${y(run.above)}V${y(k) - 6}q0 6 6 6`, fill: 'none', stroke, 'stroke-width': width }));
    root.append(svg('path', { d: `M${run.above < 0 ? from : from + 6} ${y(k)}H${to}`, stroke, 'stroke-width': width, 'stroke-dasharray': run.id ? null : '3 3' }),
      svg('circle', { cx: to, cy: y(k), r: here ? 4 : 3, fill: stroke }));
  });
  return root;
}
