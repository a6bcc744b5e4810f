// Our icons, drawn on a 16 px grid with a 1.5 px round stroke: `s` is stroked, `f` filled.

import { svg } from './dom.js';

const ICONS = {
  play: { f: 'M5 3.4v9.2a.5.5 0 0 0 .77.42l7-4.6a.5.5 0 0 0 0-.84l-7-4.6A.5.5 0 0 0 5 3.4z' },
  pause: { s: 'M5.5 3.5v9M10.5 3.5v9', w: 2.4 },
  first: { s: 'M3.5 3.5v9M12.5 3.8v8.4L6.2 8z' },
  step: { s: 'M12.5 3.5v9M3.5 3.8v8.4L9.8 8z' },
  ten: { s: 'M2.5 4v8l5.2-4zM8.3 4v8l5.2-4z' },
  plus: { s: 'M8 3v10M3 8h10' },
  close: { s: 'M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4' },
  link: { s: 'M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2A2.6 2.6 0 0 0 9 3.3l-.9.9M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9A2.6 2.6 0 0 0 7 12.7l.9-.9' },
  screen: { s: 'M2.2 3.2h11.6v7.6H2.2zM8 10.8v2.6M5.2 13.4h5.6' },
  keys: { s: 'M1.8 4.2h12.4v7.6H1.8zM4.5 7h.01M7 7h.01M9.5 7h.01M12 7h.01M5.2 9.4h5.6' },
  search: { s: 'M10.4 10.4 13.6 13.6M11.6 7a4.6 4.6 0 1 1-9.2 0 4.6 4.6 0 0 1 9.2 0z' },
  down: { s: 'M4 6.2l4 4 4-4' },
  up: { s: 'M4 9.8l4-4 4 4' },
  branch: { s: 'M4.4 5.2v5.6M4.4 5.2a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM4.4 13.8a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM11.6 5.2a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM11.6 5.2c0 3.4-7.2 2-7.2 5.6' },
  right: { s: 'M6.2 4l4 4-4 4' },
  left: { s: 'M9.8 4l-4 4 4 4' },
  arrow: { s: 'M2.5 8h10.6M9.3 4.4 13.1 8l-3.8 3.6' },
  'arrow-down': { s: 'M8 2.5v10.6M4.4 9.3 8 13.1l3.6-3.8' },
  clock: { s: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 4.6V8l2.3 1.6' },
  info: { s: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 7.4v3.4M8 5.1h.01' },
  warn: { s: 'M8 2.4 14.2 13H1.8zM8 6.4v3M8 11.2h.01' },
  growing: { s: 'M2 11.8l4-4.2 2.8 2.6L14 4.6M10.2 4.4h3.9v3.9' },
  stable: { s: 'M2 6.2h12M2 9.8h12' },
  strained: { s: 'M1.8 9.2C3.4 5.4 5 5.4 6.4 8s3 2.6 4.6-.2 2.6-2.2 3.2-1' },
  collapsing: { s: 'M2 4.2l4 4.2 2.8-2.6 5.2 5.6M10.2 11.6h3.9V7.7' },
  extinct: { s: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2' },
  new: { s: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z', f: 'M9.6 8a1.6 1.6 0 1 1-3.2 0 1.6 1.6 0 0 1 3.2 0z' },
  ask: { s: 'M5.4 5.8A2.6 2.6 0 0 1 8 3.2c1.5 0 2.6 1 2.6 2.4C10.6 7.6 8 7.7 8 9.7M8 12.6h.01' },
  gift: { s: 'M2.6 6.4h10.8M3.4 6.4v6.8h9.2V6.4M8 6.4v6.8M8 6.2C6 6.2 4.6 5.4 4.6 4.1c0-.9.6-1.5 1.4-1.5C7.3 2.6 8 4.2 8 6.2zM8 6.2c2 0 3.4-.8 3.4-2.1 0-.9-.6-1.5-1.4-1.5C8.7 2.6 8 4.2 8 6.2z' },
  check: { s: 'M3 8.6 6.4 12 13 4.4' },
  x: { s: 'M4.2 4.2l7.6 7.6M11.8 4.2l-7.6 7.6' },
  ally: { s: 'M10.4 8a4.1 4.1 0 1 1-8.2 0 4.1 4.1 0 0 1 8.2 0zM13.8 8a4.1 4.1 0 1 1-8.2 0 4.1 4.1 0 0 1 8.2 0z' },
  swap: { s: 'M3 5.6h9.4M9.8 3l2.8 2.6-2.8 2.6M13 10.4H3.6M6.2 7.8l-2.8 2.6L6.2 13' },
  talk: { s: 'M2.4 3.4h11.2v7.4H7.2L4.4 13.2v-2.4h-2z' },
  star: { s: 'M8 2.3l1.7 3.6 3.9.5-2.9 2.7.8 3.9L8 11.1 4.5 13l.8-3.9-2.9-2.7 3.9-.5z' },
  bolt: { s: 'M9.2 1.8 3.6 9h3.6l-.6 5.2L12.4 7H8.6z' },
  'broken-link': { s: 'M7.4 11.5l-.7.7a2.6 2.6 0 0 1-3.7-3.7l1.5-1.6M8.6 4.5l.7-.7A2.6 2.6 0 0 1 13 7.5l-1.5 1.6M9.6 9.6l1.2 3M6.4 6.4l-1.2-3M9.6 9.6l3 .9M6.4 6.4l-3-.9' },
  mask: { s: 'M2.2 5.2C4 4.3 12 4.3 13.8 5.2c.3 3.2-.6 6.2-2.6 6.2-1.4 0-1.9-1.6-3.2-1.6s-1.8 1.6-3.2 1.6c-2 0-2.9-3-2.6-6.2zM5 7.5h1.8M9.2 7.5H11' },
  birth: { s: 'M12 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0z', w: 1.8 },
  flag: { s: 'M3.8 14V2.6M3.8 3.2h8l-2 2.6 2 2.6h-8' },
  moves: { s: 'M2.5 8h7.6M7 4.6 10.4 8 7 11.4M13.4 3.4v9.2' },
  leave: { s: 'M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4' },
};

// The word on a chip -> its icon (the table of docs/cockpit.md).
const CHIPS = {
  asks: 'ask', loan: 'swap', gift: 'gift', offer: 'gift', promise: 'check', repays: 'check', alliance: 'ally', trade: 'swap',
  merger: 'swap', funds: 'swap', tells: 'talk', praises: 'star', thanks: 'talk', accepts: 'check', refuses: 'x', demands: 'warn',
  threatens: 'warn', attack: 'bolt', joins: 'bolt', defends: 'ally', deserts: 'broken-link', breaks: 'broken-link',
  defaults: 'broken-link', born: 'birth', died: 'x', moves: 'moves', explores: 'search', intervention: 'flag', unable: 'x',
};

export function chipIcon(word) { return CHIPS[word] ?? 'talk'; }

// An <svg> element of the icon, hidden from the accessibility tree: its button or chip carries the words.
export function icon(name, size = 15) {
  const { s, f, w = 1.5 } = ICONS[name] ?? ICONS.info;
  return svg('svg.ic', { viewBox: '0 0 16 16', width: size, height: size, 'aria-hidden': 'true', focusable: 'false' },
    s && svg('path', { d: s, fill: 'none', stroke: 'currentColor', 'stroke-width': w, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' }),
    f && svg('path', { d: f, fill: 'currentColor' }));
}

const paths = new Map();

// Draw the icon on a canvas, centred on (x, y).
export function drawIcon(brush, name, x, y, size, colour) {
  if (!paths.has(name)) {
    const { s, f } = ICONS[name];
    paths.set(name, { s: s && new Path2D(s), f: f && new Path2D(f), w: ICONS[name].w ?? 1.5 });
  }
  const { s, f, w } = paths.get(name);
  brush.save();
  brush.translate(x - size / 2, y - size / 2);
  brush.scale(size / 16, size / 16);
  brush.lineWidth = w; brush.lineCap = 'round'; brush.lineJoin = 'round'; brush.setLineDash([]);
  brush.strokeStyle = brush.fillStyle = colour;
  if (s) brush.stroke(s);
  if (f) brush.fill(f);
  brush.restore();
}
