// The whole run on one line: population, births and deaths, betrayals, attacks, mergers and interventions.
// Dragging it, or the arrow keys on it, shows another day.

import { h, svg, text, attr, number, plural, show } from './dom.js';
import { canvasOf } from './canvas.js';
import { icon } from './icons.js';
import { KINDS, countOf, drawMarks } from './marks.js';
import { FONT } from './theme.js';

const LEFT = 140, RIGHT = 16, HEIGHT = 96;
const LANE = { top: 2, acts: 9, base: 40, life: 49, harm: 66, axis: 76 };

export function create(host, store) {
  const canvas = canvasOf(h('canvas', { 'aria-hidden': 'true' }));
  const head = h('div.playhead', { 'aria-hidden': 'true' }, h('span.pill'));
  const pill = head.firstChild;
  const tip = h('div.tip', { hidden: true });
  const slider = h('div.track', {
    role: 'slider', tabindex: 0, 'aria-label': 'Day shown', 'aria-valuemin': 0, onkeydown: onKey,
    onpointerdown: onDown, onpointermove: onMove, onpointerup: onUp, onpointercancel: onUp, onpointerleave: () => show(tip, false),
  }, canvas.node, head, tip);
  const acts = h('span', { hidden: true }, icon('flag', 11), 'acts');
  acts.firstChild.style.color = 'var(--accent)';
  const legend = h('div.lanes', null,
    h('span.wide', null, 'Residents alive', acts),
    h('span', null, glyph(svg('circle', { cx: 5, cy: 5, r: 3.2, fill: 'none', stroke: 'var(--help-ink)', 'stroke-width': 1.8 })), 'births'),
    h('span', null, glyph(svg('path', { d: 'M2.4 2.4l5.2 5.2M7.6 2.4 2.4 7.6', stroke: 'var(--ink)', 'stroke-width': 1.5 })), 'deaths'),
    h('span', null, glyph(svg('path', { d: 'M5 .4 9.6 5 5 9.6.4 5z', fill: 'var(--hostile)' })), 'betrayals'),
    h('span', null, glyph(svg('path', { d: 'M5 1 9 5 5 9 1 5z', fill: 'none', stroke: 'var(--hostile)', 'stroke-width': 1.5 })), 'attacks'));
  host.append(h('div.timeline', null, legend, slider));

  let dragging = false, width = 0;
  const inner = () => Math.max(1, width - LEFT - RIGHT);
  const x = (day) => LEFT + (day / store.meta.horizon) * inner();
  const dayAt = (event) => Math.round(((event.clientX - slider.getBoundingClientRect().left - LEFT) / inner()) * store.meta.horizon);

  function onDown(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    slider.focus({ preventScroll: true, focusVisible: false });
    slider.setPointerCapture(event.pointerId);
    dragging = true; show(tip, false);
    store.play(false); store.goto(dayAt(event));
  }
  function onMove(event) {
    if (dragging) store.goto(dayAt(event)); else hover(dayAt(event));
  }
  function onUp() { dragging = false; }

  function onKey(event) {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
    const day = by ? store.day + by : event.key === 'Home' ? 0 : event.key === 'End' ? store.frontier : null;
    if (day === null) return;
    event.preventDefault();
    store.play(false); store.goto(day);
  }

  function hover(day) {
    const row = store.rows[day];
    show(tip, !!row);
    if (!row) return;
    const parts = [`Day ${day}: ${plural(row.alive, 'resident')}`];
    for (const { key, one } of KINDS) if (key !== 'interventions' && countOf(row, key)) parts.push(plural(countOf(row, key), one));
    text(tip, [parts.join(', '), ...row.interventions].join('. '));
    const half = tip.offsetWidth / 2;
    tip.style.transform = `translateX(${Math.round(Math.max(LEFT, Math.min(width - RIGHT - 2 * half, x(day) - half)))}px)`;
  }

  function paint() {
    const { meta, rows, day } = store, colour = store.theme.colour;
    width ||= slider.clientWidth;
    const brush = canvas.fit(width, HEIGHT);
    const before = store.parent?.curves?.alive ?? [];
    const top = Math.max(...rows.map((row) => row.alive), ...before, 1);
    const y = (alive) => LANE.base - (LANE.base - LANE.top - 3) * (alive / top);
    rule(brush, colour.line, LEFT, width - RIGHT, LANE.base + 0.5);
    rule(brush, colour.grid, LEFT, width - RIGHT, LANE.life + 8.5);
    rule(brush, colour.line2, LEFT, width - RIGHT, LANE.axis - 0.5);
    drawArea(brush, colour, rows, day, x, y);
    drawBefore(brush, colour, before, x, y);
    drawNumbers(brush, colour, rows, day, x, y, width);
    drawAxis(brush, colour, meta.horizon, x, day);
    drawRest(brush, colour, store, x, width);
    drawMarks(brush, colour, rows, x, inner() / meta.horizon, LANE, width);
    show(acts, rows.some((row) => row.interventions.length));
  }

  function place() {
    attr(slider, 'aria-valuemax', store.frontier);
    attr(slider, 'aria-valuenow', store.day);
    attr(slider, 'aria-valuetext', `Day ${store.day} of ${store.meta.horizon}, ${plural(store.row?.alive ?? 0, 'resident')} alive`);
    attr(host, 'data-day', store.day);
    attr(slider, 'data-day', store.day);
    attr(slider, 'data-fast', store.speed > 3 || dragging);
    text(pill, store.day);
    head.style.transform = `translateX(${x(store.day)}px)`;
  }

  // Sizes are read when they change, not on every day: reading them makes the browser lay out the page.
  const watch = new ResizeObserver(([entry]) => {
    if (entry.contentRect.width === width || !entry.contentRect.width) return;
    width = entry.contentRect.width;
    if (store.row) { paint(); place(); }
  });
  watch.observe(slider);

  return {
    update(changes) {
      if (!store.row || !['reset', 'rows', 'day', 'theme', 'size'].some((what) => changes.has(what))) return;
      paint(); place();
    },
  };
}

function glyph(shape) { return svg('svg', { viewBox: '0 0 10 10', width: 10, height: 10, 'aria-hidden': 'true' }, shape); }

function rule(brush, colour, from, to, y) {
  brush.strokeStyle = colour; brush.lineWidth = 1;
  brush.beginPath(); brush.moveTo(from, y); brush.lineTo(to, y); brush.stroke();
}

// Days after the chosen one are drawn fainter: they are lived, but not yet seen.
function drawArea(brush, colour, rows, day, x, y) {
  const line = new Path2D();
  rows.forEach((row, day) => line[day ? 'lineTo' : 'moveTo'](x(day), y(row.alive)));
  const area = new Path2D(line);
  area.lineTo(x(rows.length - 1), LANE.base); area.lineTo(x(0), LANE.base); area.closePath();
  brush.fillStyle = colour.area; brush.fill(area);
  brush.strokeStyle = colour.ink2; brush.lineWidth = 1.4; brush.lineJoin = 'round'; brush.stroke(line);
  brush.globalAlpha = 0.55; brush.fillStyle = colour.bg;
  brush.fillRect(x(day), 0, x(rows.length - 1) - x(day) + 1, LANE.base);
  brush.globalAlpha = 1;
}

// The parent of a branch, as it went.
function drawBefore(brush, colour, before, x, y) {
  brush.strokeStyle = colour.ink3; brush.lineWidth = 1.4; brush.setLineDash([4, 3]);
  brush.beginPath();
  before.forEach((alive, day) => brush[day ? 'lineTo' : 'moveTo'](x(day), y(alive)));
  brush.stroke(); brush.setLineDash([]);
}

// Start, peak and chosen day as numbers inside the area, where there is room for them.
function drawNumbers(brush, colour, rows, day, x, y, width) {
  brush.font = `600 11px ${FONT}`; brush.fillStyle = colour.ink; brush.textBaseline = 'alphabetic';
  const taken = [];
  const put = (words, at, align) => {
    const wide = brush.measureText(words).width;
    const from = align === 'left' ? at : align === 'right' ? at - wide : at - wide / 2;
    if (from < LEFT || from + wide > width || taken.some(([a, b]) => from < b + 6 && from + wide > a - 6)) return false;
    taken.push([from, from + wide]);
    brush.textAlign = 'left'; brush.fillText(words, from, LANE.base - 5);
    return true;
  };
  put(number(rows[0].alive, 0), x(0) + 5, 'left');
  if (day > 0 && !put(number(rows[day].alive, 0), x(day) - 5, 'right')) put(number(rows[day].alive, 0), x(day) + 6, 'left');
  taken.push([x(day) - 2, x(day) + 2]);
  let peak = 0;
  rows.forEach((row, i) => { if (row.alive > rows[peak].alive) peak = i; });
  if (peak > 0 && put(number(rows[peak].alive, 0), x(peak), 'centre')) {
    brush.beginPath(); brush.arc(x(peak), y(rows[peak].alive), 2, 0, 7); brush.fill();
  }
}

function drawAxis(brush, colour, horizon, x, day) {
  brush.font = `400 11px ${FONT}`; brush.textBaseline = 'alphabetic'; brush.strokeStyle = colour.line2; brush.lineWidth = 1;
  const room = x(1) - x(0);
  const every = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((one) => one * room >= 85) ?? 1000;
  for (let at = 0; at <= horizon; at += every) {
    const px = Math.round(x(at)) + 0.5;
    brush.beginPath(); brush.moveTo(px, LANE.axis - 1); brush.lineTo(px, LANE.axis + 3); brush.stroke();
    if (Math.abs(x(at) - x(day)) < 24) continue;             // the playhead's pill stands there
    brush.fillStyle = colour.ink3; brush.textAlign = 'center';
    brush.fillText(at === 0 ? 'day 0' : String(at), x(at), LANE.axis + 15);
  }
}

function drawRest(brush, colour, store, x, width) {
  const from = store.frontier + 1, to = store.meta.horizon;
  if (store.finished || from > to) return;
  const words = from === to ? `day ${to} is not lived yet` : `days ${from} to ${to} are not lived yet`;
  brush.font = `400 11px ${FONT}`; brush.fillStyle = colour.ink3; brush.textAlign = 'right';
  if (width - RIGHT - x(store.frontier) > brush.measureText(words).width + 20) brush.fillText(words, width - RIGHT, LANE.base - 10);
}
