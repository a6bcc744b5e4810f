// What lies above a chart: the chosen day's line, values at the lines' ends, marks, and the text of the day pointed at.

import { attr, clear, h, number, svg } from './dom.js';
import { spread, textWidth } from './scale.js';

const SIZE = 11;                        // px of a label
const CLEAR = 22;                       // px between lines that leave room for their names
const DASHES = { solid: null, dot: '2 2', dash: '6 4', longdash: '10 4', dashdot: '6 3 2 3', longdashdot: '10 3 2 3' };
const STILL = 4;                        // px a pointer may move between press and release and still mean a click

// place: {x(day), y(value), box(), dayAt(px), goto(day)} of the chart below.
export function createOverlay(host, store, spec, place) {
  const later = svg('rect.later'), pointedLine = svg('line.pointed-day'), cursor = svg('line.chosen-day');
  const marks = svg('g'), labels = svg('g'), tail = svg('svg.tail');
  host.append(svg('svg.overlay', { 'aria-hidden': 'true' }, tail, marks, later, pointedLine, cursor, labels));
  const tip = host.appendChild(h('div.plot-tip', { hidden: true, 'aria-hidden': 'true' }));
  attr(host, 'role', 'img');

  const named = spec.lines.filter((line) => line.label !== false);
  const digits = spec.digits ?? 1;

  // Everything that moves with the chosen day; with `taken`, the number of days the chart below shows, also the marks and
  // the lines of the days after those.
  function draw(taken) {
    const box = place.box();
    if (taken !== null) { drawMarks(box); drawTail(box, taken); }
    const at = place.x(store.day, box), end = place.x(store.frontier, box);
    const seen = at >= box.left - 0.5 && at <= box.right + 0.5;
    upright(cursor, seen ? at : null, box);
    const start = Math.max(box.left, at), stop = Math.min(box.right, end);
    attr(later, 'display', stop > start ? null : 'none');
    if (stop > start) put(later, { x: start, y: box.top, width: stop - start, height: box.bottom - box.top });
    clear(labels);
    if (seen) drawLabels(box, at);
    const row = store.rows[store.day];
    if (row) attr(host, 'aria-label', `${spec.name}, day ${row.day}: ${named.map((line) => `${said(line, row)} ${word(line)}`).join(', ')}`);
  }

  function word(line) { return typeof line.word === 'function' ? line.word(store.meta) : line.word; }

  function said(line, row) { return number(line.of(row), line.digits ?? digits) ?? 'not defined'; }

  // As much of it as the margin has room for: 20.5k for 20,519.3.
  function fitted(line, row, words, room) {
    const value = line.of(row);
    return textWidth(words, SIZE, 600) <= room || value < 1000 ? words : value < 10000 ? number(value, 0) : `${number(value / 1000, value < 1e5 ? 1 : 0)}k`;
  }

  function drawMarks(box) {
    clear(marks);
    spec.marks?.(marks, { ...place, box, rows: store.rows, colour: store.theme.colour });
  }

  // The lines' last days, in the chart's own strokes and fills.
  function drawTail(box, taken) {
    clear(tail);
    const rows = store.rows.slice(Math.max(0, taken - 1));
    if (rows.length < 2) return;
    const { colour } = store.theme;
    const point = (day, value) => [place.x(day, box) - box.left, place.y(value, box) - box.top];
    const points = spec.lines.map((line) => rows.map((row) => (defined(line, row) ? point(row.day, line.of(row)) : null)));
    put(tail, { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top });
    const floor = rows.map((row) => [place.x(row.day, box) - box.left, box.bottom - box.top]);
    spec.lines.forEach((line, k) => {
      const under = line.fill === 'previous' ? points[k - 1] : line.fill === 'zero' ? floor : null;
      if (!under || points[k].includes(null) || under.includes(null)) return;
      const [fill, opacity] = line.area(colour);
      tail.append(svg('path', { d: `${trail(points[k])}L${[...under].reverse().join('L')}Z`, fill, 'fill-opacity': opacity }));
    });
    spec.lines.forEach((line, k) => tail.append(svg('path', {
      d: trail(points[k]), fill: 'none', stroke: line.colour(colour), 'stroke-width': line.width ?? 2,
      'stroke-dasharray': DASHES[line.dash] ?? line.dash?.replaceAll('px', ''),
    })));
  }

  // Value first, then the word; where the word does not fit, it stands on the line and the value in the margin.
  function drawLabels(box, at) {
    const row = store.rows[store.day];
    if (!row) return;
    const { colour } = store.theme;
    const present = named.filter((line) => defined(line, row));
    if (!present.length && store.day === 0) return;                 // nothing has happened yet
    if (!present.length) {
      label(Math.min(at + 7, box.width - 66), (box.top + box.bottom) / 2, 'not defined', colour.ink2, 400);
      return;
    }
    const alike = together(present, row);
    const heights = spread(alike.map(([line]) => place.y(line.of(row), box)), 13, box.top + SIZE * 0.6, box.bottom - 3);
    const values = alike.map(([line]) => said(line, row)), words = alike.map((lines, k) => [values[k], ...lines.map(word)].join(' '));
    const roomy = words.every((text) => at + 7 + textWidth(text, SIZE, 600) <= box.width);
    alike.forEach(([line, other], k) => {
      const ink = other ? colour.ink : inkOf(line, colour), weight = line.strong === false ? 500 : 600;
      label(at + 7, heights[k] + SIZE * 0.36, roomy ? words[k] : fitted(line, row, values[k], box.width - at - 7), ink, weight);
    });
    for (const line of present.filter((one) => one.dot)) {
      labels.append(svg('circle', { cx: at, cy: place.y(line.of(row), box), r: 3.5, fill: inkOf(line, colour) }));
    }
    if (!roomy && present.length > 1) drawWords(box, at, present, colour);
    spec.note?.(labels, { ...place, box, store, label });
  }

  function inkOf(line, colour) { return line.ink?.(colour) ?? colour.ink; }

  // Runs that are compared and stand at the same value share a label.
  function together(lines, row) {
    const groups = new Map();
    for (const line of lines) {
      const key = line.dot ? said(line, row) : line;
      groups.set(key, [...groups.get(key) ?? [], line]);
    }
    return [...groups.values()];
  }

  // Where between the axis and the chosen day the lines keep furthest apart; of much the same, near the middle.
  function widest(box, at, present) {
    let best = 0.45, most = 0;
    for (const part of [0.45, 0.55, 0.35, 0.65, 0.75, 0.25]) {
      const px = box.left + (at - box.left) * part, row = store.rows[Math.round(place.dayAt(px))];
      const heights = present.filter((line) => row && defined(line, row)).map((line) => place.y(line.of(row), box)).sort((a, b) => a - b);
      if (heights.length < present.length) continue;
      const gap = Math.min(...heights.slice(1).map((one, k) => one - heights[k]), CLEAR);
      if (gap > most + 1) { best = part; most = gap; }
    }
    return box.left + (at - box.left) * best;
  }

  // The lines' names along the lines, left of the chosen day, clear of the line they name.
  function drawWords(box, at, present, colour) {
    const middle = widest(box, at, present), day = Math.round(place.dayAt(middle));
    const shown = present.filter((line) => store.rows[day] && defined(line, store.rows[day]));
    const wanted = shown.map((line) => {
      const half = textWidth(word(line), SIZE, 500) / 2 + 2, now = line.of(store.rows[day]);
      const below = shown.every((other) => other === line || other.of(store.rows[day]) > now);
      const near = store.rows.slice(Math.max(0, place.dayAt(middle - half)), place.dayAt(middle + half) + 1)
        .filter((row) => defined(line, row));
      const heights = near.map((row) => place.y(line.of(row), box));
      return below && shown.length > 1 ? Math.max(...heights) + SIZE + 1 : Math.min(...heights) - 5;
    });
    spread(wanted, 13, box.top + SIZE, box.bottom - 4).forEach((y, k) => {
      label(middle, y, word(shown[k]), inkOf(shown[k], colour), 500, 'middle');
    });
  }

  function defined(line, row) { const value = line.of(row); return value !== null && value !== undefined; }

  function label(x, y, words, ink, weight, anchor = 'start') {
    if (store.day < store.frontier && anchor === 'start') {       // the lines go on beneath it
      labels.append(svg('rect.label-back', { x: x - 2, y: y - SIZE + 1, width: textWidth(words, SIZE, weight) + 4, height: SIZE + 3, rx: 2 }));
    }
    labels.append(svg('text.label', { x, y, fill: ink, 'font-weight': weight, 'text-anchor': anchor }, words));
  }

  function upright(node, at, box) {
    attr(node, 'display', at === null ? 'none' : null);
    if (at !== null) put(node, { x1: at, x2: at, y1: 0, y2: box.bottom });
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
    const highest = [...named].sort((a, b) => (b.of(row) ?? -Infinity) - (a.of(row) ?? -Infinity));
    clear(tip).append(h('b', null, `Day ${day}`), ...highest.map((line) => h('div', null,
      h('i', { style: { background: line.colour(colour) } }), h('strong', null, said(line, row)), ` ${word(line)}`)));
    const at = place.x(day, box), wide = tip.offsetWidth;
    tip.style.transform = `translate(${at + 12 + wide > box.width ? Math.max(0, at - 12 - wide) : at + 12}px, 4px)`;
  }

  function away() { tip.hidden = true; upright(pointedLine, null, place.box()); }

  let pressed = null;
  host.addEventListener('pointermove', pointAt);
  host.addEventListener('pointerleave', away);
  host.addEventListener('pointerdown', (event) => {
    pressed = event.button === 0 ? event.clientX : null;
    away();
    // The chart below lays a cover over the page while it is dragged: only the window sees the release.
    window.addEventListener('pointerup', release, { once: true, capture: true });
  });

  function release(event) {
    const day = place.dayAt(event.clientX - host.getBoundingClientRect().left);
    if (pressed !== null && Math.abs(event.clientX - pressed) < STILL && day <= store.frontier) place.goto(day);
    pressed = null;
  }

  return { draw };
}

function put(node, values) { for (const [name, value] of Object.entries(values)) attr(node, name, value); }

// A path through the points, broken where one is missing.
function trail(points) {
  return points.map((point, k) => (point ? `${k && points[k - 1] ? 'L' : 'M'}${point}` : '')).join('');
}
