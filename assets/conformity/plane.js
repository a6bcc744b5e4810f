// The plane of beta and h: how long a misaligned population lasts, the spinodal, models, own fits, and the population as
// a point that can be dragged.

import { attr, clear, h, number, show, text } from '../cockpit/dom.js';
import { createFrame } from './frame.js';
import { paintMap, paintScale } from './map.js';
import { place } from './labels.js';

const CROSSED = 200;                    // fits of a file up to which intervals are drawn
const NEAR = 9;                         // px at which a pointer is on a mark
const STEP = 0.02;                      // one press of an arrow key
const MARGINS = { left: 40, right: 14, top: 10, bottom: 24 };

export function create(host, store) {
  const title = h('h2'), readout = h('p.sub.plane-readout'), stage = h('div.stage.plane-stage', {
    role: 'application', tabindex: 0, 'aria-roledescription': 'point in a plane',
    onpointerdown: down, onpointermove: move, onpointerup: up, onpointercancel: up, onpointerleave: () => point(null), onkeydown: keys,
  });
  const go = h('select', { 'aria-label': 'Go to a model or a pair', onchange: () => { const mark = marks[Number(go.value)]; if (mark) open(mark); } });
  const scale = h('div.scale'), fits = h('div.sub.fits', { hidden: true });
  host.append(title, h('div.plane-head', null, readout, go), stage, scale, fits);
  const frame = createFrame(stage, { ...MARGINS, ends, paint });
  let map = null, dragging = false, here = null, pointed = null, marks = [];

  function ends() {
    const { beta, h: bias } = store.diagram;
    return { x: beta, y: bias };
  }


  function now() { return here ?? store.setting; }

  function paint(pen) {
    if (!map) map = paintMap(store.diagram, pen.colour);
    const { brush, box, colour } = pen, { beta: [low, high] } = store.diagram;
    brush.save();
    brush.beginPath(); brush.rect(box.left, box.top, box.right - box.left, box.bottom - box.top); brush.clip();
    brush.imageSmoothingEnabled = true;
    brush.drawImage(map, box.left, box.top, box.right - box.left, box.bottom - box.top);
    for (const sign of [1, -1]) pen.line(store.diagram.spinodal.map(([beta, bias]) => [beta, sign * bias]), { hue: colour.ink, width: 1.6 });
    brush.restore();
    pen.rule([box.left, pen.y(0)], [box.right, pen.y(0)], { hue: colour.line2, dash: [2, 3] });
    pen.gridX(Array.from({ length: Math.floor(high) - Math.ceil(low) + 1 }, (_, k) => Math.ceil(low) + k), 0, 'beta ');
    for (const tick of [-1, -0.5, 0, 0.5, 1]) pen.words(number(tick, 1), box.left - 6, pen.y(tick), { align: 'right', halo: false });
    pen.words('h', box.left - 24, (pen.y(0.5) + pen.y(0)) / 2, { halo: false });
    const edge = store.diagram.spinodal.findLast(([beta]) => beta <= high * 0.9);
    pen.words('spinodal', pen.x(edge[0]), pen.y(-edge[1]) + 13, { align: 'center', hue: colour.ink });
    paintFits(pen);
    paintMeasured(pen);
    paintModels(pen);
    paintPopulation(pen);
  }

  // Squares: thousands of them are drawn while a point is dragged.
  function paintFits({ brush, box, colour, x, y }) {
    brush.fillStyle = colour['deal-ink'];
    for (const { beta, h: bias } of store.fits?.points ?? []) {
      const px = x(beta), py = y(bias);
      if (px >= box.left && px <= box.right && py >= box.top && py <= box.bottom) brush.fillRect(px - 2, py - 2, 4, 4);
    }
  }

  // Of the few that were measured here, the intervals too; of a file's, as far as it has any and they are few.
  function paintMeasured(pen) {
    const { brush, box, colour } = pen, [x0, x1, y0, y1] = [box.left, box.right, box.top, box.bottom];
    const own = store.fits?.points ?? [], shown = [...store.measured, ...(own.length <= CROSSED ? own.filter(({ betaSpan }) => betaSpan) : [])];
    brush.save();
    brush.beginPath(); brush.rect(x0, y0, x1 - x0, y1 - y0); brush.clip();
    for (const { beta, h: bias, betaSpan, hSpan } of shown) {
      if (betaSpan) pen.rule([pen.x(betaSpan[0]), pen.y(bias)], [pen.x(betaSpan[1]), pen.y(bias)], { hue: colour['deal-ink'], width: 1.6 });
      if (hSpan) pen.rule([pen.x(beta), pen.y(hSpan[0])], [pen.x(beta), pen.y(hSpan[1])], { hue: colour['deal-ink'], width: 1.6 });
    }
    for (const { beta, h: bias } of store.measured) {
      const x = pen.x(beta), y = pen.y(bias);
      brush.beginPath(); brush.moveTo(x, y - 6); brush.lineTo(x + 6, y); brush.lineTo(x, y + 6); brush.lineTo(x - 6, y); brush.closePath();
      brush.fillStyle = colour['deal-ink']; brush.fill(); brush.lineWidth = 1.5; brush.strokeStyle = colour.bg; brush.stroke();
    }
    brush.restore();
  }

  function paintModels(pen) {
    const { colour, box } = pen, at = store.models.map(({ beta, h: bias }) => [pen.x(beta), pen.y(bias)]);
    place(at, store.models.map(({ name }) => name), box, [pen.x(now().beta), pen.y(now().h)]).forEach(({ x, y, align }, k) => {
      pen.dot(store.models[k].beta, store.models[k].h, { hue: colour.ink, radius: 3.6 });
      pen.words(store.models[k].name, x, y, { align, hue: colour.ink });
    });
  }

  // Beyond the drawn plane it stands at the edge, hollow.
  function paintPopulation(pen) {
    const { colour, brush } = pen, { x: [x0, x1], y: [y0, y1] } = ends(), { beta, h: bias } = now();
    const a = Math.min(x1, Math.max(x0, beta)), b = Math.min(y1, Math.max(y0, bias)), outside = a !== beta || b !== bias;
    brush.lineWidth = 3; brush.strokeStyle = colour.bg;
    brush.beginPath(); brush.arc(pen.x(a), pen.y(b), 9, 0, 7); brush.stroke();
    pen.dot(a, b, { hue: colour.accent, radius: 8, hollow: outside });
  }

  function nearest(event) {
    const { left, top } = frame.node.getBoundingClientRect(), px = event.clientX - left, py = event.clientY - top;
    let best = null, close = NEAR;
    for (const mark of marks) {
      const [x, y] = frame.place(mark.beta, mark.h), far = Math.hypot(x - px, y - py);
      if (far < close) { best = mark; close = far; }
    }
    const [x, y] = frame.place(now().beta, now().h);
    return Math.hypot(x - px, y - py) < 12 && Math.hypot(x - px, y - py) <= close + 4 ? null : best;
  }

  function down(event) {
    if (event.button !== 0) return;
    event.preventDefault(); stage.focus({ preventScroll: true, focusVisible: false });
    const mark = nearest(event);
    if (mark) { open(mark); return; }
    stage.setPointerCapture(event.pointerId); dragging = true; drag(event);
  }
  function move(event) { if (dragging) drag(event); else point(nearest(event)); }
  function up() { dragging = false; }
  function drag(event) { put(...frame.at(event)); }

  function put(beta, bias) {
    const { x: [x0, x1], y: [y0, y1] } = ends(), round = (value, low, high) => Math.min(high, Math.max(low, Math.round(value * 100) / 100));
    here = { beta: round(beta, Math.max(x0, 0.05), x1), h: round(bias, y0, y1) };
    store.set(here);
    frame.draw(store.theme);
  }

  function open(mark) { here = null; store.set({ beta: mark.beta, h: mark.h }); }

  function keys(event) {
    const by = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }[event.key];
    if (!by) return;
    event.preventDefault(); event.stopPropagation();
    const { beta, h: bias } = now(), more = event.shiftKey ? 5 : 1;
    put(beta + by[0] * more, bias + by[1] * more);
  }

  function point(mark) {
    if (mark === pointed) return;
    pointed = mark; stage.style.cursor = mark ? 'pointer' : ''; say();
  }

  function say() {
    text(readout, pointed ? `${pointed.name}: beta ${number(pointed.beta, 2)}, h ${number(pointed.h, 2)}. Click to go there` : store.diagram.sub);
  }

  function choices() {
    marks = [...store.models, ...store.measured, ...(store.fits?.points ?? [])];
    const option = (mark, k) => h('option', { value: k }, mark.name);
    const own = (store.fits?.points ?? []).slice(0, 1000);
    clear(go).append(h('option', { value: '' }, 'Go to …'), h('optgroup', { label: 'Medians of nine models' }, store.models.map(option)),
      ...(store.measured.length ? [h('optgroup', { label: 'Measured here' }, store.measured.map((mark, k) => option(mark, store.models.length + k)))] : []),
      ...(own.length ? [h('optgroup', { label: 'Your fits' }, own.map((mark, k) => option(mark, store.models.length + store.measured.length + k)))] : []));
  }

  // What the marks of one's own are.
  function key() {
    const said = (sample, words) => h('p', null, h(`span.sample.${sample}`, { 'aria-hidden': 'true' }), words);
    show(fits, store.fits || store.measured.length);
    clear(fits).append(...(store.measured.length ? [said('measured', 'Measured here, with 95 % intervals')] : []), ...(store.fits ? [said('fit', store.fits.title)] : []));
  }

  return {
    update(changes) {
      if (!store.diagram) return;
      if (changes.has('diagram') || changes.has('theme')) map = null;
      if (!dragging && !store.waitsToSet) here = null;      // Python has heard of it
      const chosen = marks[Number(go.value)];
      if (go.value && changes.has('setting') && (chosen.beta !== store.setting.beta || chosen.h !== store.setting.h)) go.value = '';
      if (changes.has('diagram')) say();
      if (changes.has('diagram') || changes.has('theme')) paintScale(scale, store.diagram, store.theme.colour);
      if (['models', 'fits', 'measured'].some((what) => changes.has(what))) { choices(); key(); }
      if (changes.has('theory') || changes.has('diagram')) { text(title, store.theory.plane); attr(stage, 'aria-label', `${store.theory.plane}. The population is at beta ${number(store.setting.beta, 2)}, h ${number(store.setting.h, 2)}; arrow keys move it`); }
      // A point that is dragged is drawn where it is, whatever Python has heard of.
      if (['diagram', 'theme', 'models', 'fits', 'measured', ...(dragging ? [] : ['theory', 'setting'])].some((what) => changes.has(what))) frame.draw(store.theme);
    },
    close: frame.close,
  };
}
