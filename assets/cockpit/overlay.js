// What lies above a chart: the chosen day's line, values at the lines' ends, marks, and the text of the day pointed at.

import { attr, clear, h, number, svg } from './dom.js';
import { spread, textWidth } from './scale.js';

const SIZE = 11;                        // px of a label at scale 1
const STILL = 4;                        // px a pointer may move between press and release and still mean a click

// place: {x(day), y(value), box(), dayAt(px), goto(day)} of the chart below.
export function createOverlay(host, store, spec, place) {
  const later = svg('rect.later'), pointedLine = svg('line.pointed-day'), cursor = svg('line.chosen-day');
  const marks = svg('g'), labels = svg('g');
  const layer = host.appendChild(svg('svg.overlay', { 'aria-hidden': 'true' }, marks, later, pointedLine, cursor, labels));
  const tip = host.appendChild(h('div.plot-tip', { hidden: true, 'aria-hidden': 'true' }));
  attr(host, 'role', 'img');

  const named = spec.lines.filter((line) => line.label !== false);
  const digits = spec.digits ?? 1;

  // Everything that moves with the chosen day; with `all` also what moves only with data, zoom or size.
  function draw(all) {
    const box = place.box();
    if (all) drawMarks(box);
    const at = place.x(store.day, box), end = place.x(store.frontier, box);
    const seen = at >= box.left - 0.5 && at <= box.right + 0.5;
    upright(cursor, seen ? at : null, box);
    const start = Math.max(box.left, at), stop = Math.min(box.right, end);
    attr(later, 'display', stop > start ? null : 'none');
    if (stop > start) for (const [name, value] of Object.entries({ x: start, y: box.top, width: stop - start, height: box.bottom - box.top })) attr(later, name, value);
    clear(labels);
    if (seen) drawLabels(box, at);
    const row = store.rows[store.day];
    if (row) attr(host, 'aria-label', `${spec.name}, day ${row.day}: ${named.map((line) => `${said(line, row)} ${word(line)}`).join(', ')}`);
  }

  function word(line) { return typeof line.word === 'function' ? line.word(store.meta) : line.word; }

  function said(line, row) { return number(line.of(row), line.digits ?? digits) ?? 'not defined'; }

  function drawMarks(box) {
    clear(marks);
    spec.marks?.(marks, { ...place, box, rows: store.rows, colour: store.theme.colour });
  }

  // Value first, then the word; where the word does not fit, it stands on the line and the value in the margin.
  function drawLabels(box, at) {
    const row = store.rows[store.day];
    if (!row) return;
    const { colour } = store.theme;
    const present = named.filter((line) => line.of(row) !== null && line.of(row) !== undefined);
    if (!present.length) {
      label(Math.min(at + 7, box.width - 66), (box.top + box.bottom) / 2, 'not defined', colour.ink2, 400);
      return;
    }
    const heights = spread(present.map((line) => place.y(line.of(row), box)), 13, box.top + SIZE * 0.6, box.bottom - 3);
    const roomy = present.every((line) => at + 7 + textWidth(`${said(line, row)} ${word(line)}`, SIZE, 600) <= box.width);
    present.forEach((line, k) => {
      const ink = line.ink?.(colour) ?? colour.ink, weight = line.strong === false ? 500 : 600;
      if (line.dot) labels.append(svg('circle', { cx: at, cy: place.y(line.of(row), box), r: 3.5, fill: ink }));
      label(at + 7, heights[k] + SIZE * 0.36, roomy ? `${said(line, row)} ${word(line)}` : said(line, row), ink, weight);
    });
    if (!roomy && present.length > 1) drawWords(box, at, present, colour);
    spec.note?.(labels, { ...place, box, store, label });
  }

  // The lines' names along the lines, left of the chosen day.
  function drawWords(box, at, present, colour) {
    const day = Math.round(place.dayAt(box.left + (at - box.left) * 0.45)), row = store.rows[day];
    if (!row) return;
    const shown = present.filter((line) => line.of(row) !== null && line.of(row) !== undefined);
    const wanted = shown.map((line) => place.y(line.of(row), box) + SIZE * (line.below ? 1.1 : -0.5));
    spread(wanted, 13, box.top + SIZE, box.bottom - 4).forEach((y, k) => {
      label(place.x(day, box), y, word(shown[k]), shown[k].ink?.(colour) ?? colour.ink, 500, 'middle');
    });
  }

  function label(x, y, words, ink, weight, anchor = 'start') {
    labels.append(svg('text.label', { x, y, fill: ink, 'font-weight': weight, 'text-anchor': anchor }, words));
  }

  function upright(node, at, box) {
    attr(node, 'display', at === null ? 'none' : null);
    if (at !== null) for (const [name, value] of Object.entries({ x1: at, x2: at, y1: 0, y2: box.bottom })) attr(node, name, value);
  }

  // The day under the pointer, in words; a click chooses it.
  function pointAt(event) {
    const box = place.box(), px = event.clientX - host.getBoundingClientRect().left;
    const day = Math.max(0, Math.min(store.frontier, place.dayAt(px)));
    const row = store.rows[day];
    const inside = px >= box.left - 6 && px <= box.right + 6 && place.dayAt(px) <= store.frontier && row && event.buttons === 0;
    tip.hidden = !inside;
    upright(pointedLine, inside ? place.x(day, box) : null, box);
    if (!inside) return;
    const { colour } = store.theme;
    clear(tip).append(h('b', null, `Day ${day}`), ...named.map((line) => h('div', null,
      h('i', { style: { background: line.ink?.(colour) ?? colour.ink } }), h('strong', null, said(line, row)), ` ${word(line)}`)));
    const at = place.x(day, box), wide = tip.offsetWidth;
    tip.style.transform = `translate(${at + 12 + wide > box.width ? Math.max(0, at - 12 - wide) : at + 12}px, 4px)`;
  }

  function away() { tip.hidden = true; upright(pointedLine, null, place.box()); }

  let pressed = null;
  const heard = {
    pointermove: pointAt, pointerleave: away,
    pointerdown: (event) => { pressed = event.button === 0 ? event.clientX : null; away(); },
    pointerup: (event) => {
      const px = event.clientX - host.getBoundingClientRect().left;
      if (pressed !== null && Math.abs(event.clientX - pressed) < STILL && place.dayAt(px) <= store.frontier) place.goto(place.dayAt(px));
      pressed = null;
    },
  };
  for (const [name, listen] of Object.entries(heard)) host.addEventListener(name, listen);

  return {
    draw,
    destroy() {
      for (const [name, listen] of Object.entries(heard)) host.removeEventListener(name, listen);
      layer.remove(); tip.remove();
    },
  };
}
