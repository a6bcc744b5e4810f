// The coloured ground of the plane: where no state against the bias lasts, and how long one lasts elsewhere.

import { clear, h } from '../cockpit/dom.js';

// diagram.escape: a byte a cell, rows from the top; 0: none lasts, 1 to 255: the logarithm of its time, 0 to diagram.top.
export function paintMap({ columns, rows, escape }, colour) {
  const values = Uint8Array.from(atob(escape), (letter) => letter.charCodeAt(0)), canvas = document.createElement('canvas');
  canvas.width = columns; canvas.height = rows;
  const brush = canvas.getContext('2d'), image = brush.createImageData(columns, rows);
  const ramp = Array.from({ length: 256 }, (_, k) => tint(colour, k));
  values.forEach((value, k) => image.data.set([...ramp[value], 255], 4 * k));
  brush.putImageData(image, 0, 0);
  return canvas;
}

// What the colours mean, in words and numbers.
export function paintScale(host, { ticks, none }, colour) {
  const stops = [1, 64, 128, 192, 255].map((k) => `rgb(${tint(colour, k).join(',')})`);
  clear(host).append(
    h('span.swatch', { style: { background: `rgb(${tint(colour, 0).join(',')})` }, 'aria-hidden': 'true' }), h('span', null, none),
    h('span.scale-words', null, 'it lasts'), h('span.ramp', null, h('i', { style: { background: `linear-gradient(90deg,${stops.join(',')})` }, 'aria-hidden': 'true' }),
      h('span.ramp-ticks', null, ticks.map((tick) => h('span', null, tick)))));
}

function tint(colour, value) {
  const part = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const ground = part(value ? colour.bg : colour.band), mark = part(colour.hostile), share = value ? 0.1 + 0.72 * (value - 1) / 254 : 0;
  return ground.map((from, k) => Math.round(from + (mark[k] - from) * share));
}
