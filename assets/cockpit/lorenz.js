// The Lorenz curve of the chosen day, with that of ten days before: our own SVG, drawn anew in a fraction of a millisecond.

import { attr, h, svg } from './dom.js';

const SIDE = 100;                       // the unit square in drawing units

export function createLorenz(host, store) {
  const path = (points) => points.map(([x, y], k) => `${k ? 'L' : 'M'}${x * SIDE} ${SIDE - y * SIDE}`).join('');
  const area = svg('path.lorenz-area'), then = svg('path.lorenz-then'), today = svg('path.lorenz-today');
  const drawing = svg('svg', { viewBox: `-1 -1 ${SIDE + 2} ${SIDE + 2}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svg('rect.lorenz-frame', { width: SIDE, height: SIDE }), area, svg('path.lorenz-even', { d: `M0 ${SIDE}L${SIDE} 0` }), then, today);
  const missing = h('span.lorenz-missing', { hidden: true }, 'not defined');
  host.append(h('div.lorenz', { role: 'img' }, h('span.lorenz-y', null, 'share held'), h('div.lorenz-box', null, drawing, missing),
    h('span.lorenz-x', null, 'poorest → richest')));
  const image = host.lastElementChild;

  return {
    move() {
      const curve = store.details.get(store.day)?.lorenz, before = store.details.get(store.day - 10)?.lorenz;
      attr(today, 'd', curve ? path(curve) : null);
      attr(area, 'd', curve ? `${path(curve)}Z` : null);
      attr(then, 'd', before && curve ? path(before) : null);
      missing.hidden = !!curve || !store.details.has(store.day);
      attr(image, 'data-day', store.details.has(store.day) ? store.day : null);
      const shares = curve ? `the poorest half hold ${Math.round(100 * held(curve, 0.5))} % of everything` : 'not defined';
      attr(image, 'aria-label', `Lorenz curve of day ${store.day}: ${shares}`);
    },
  };
}

// Share held by the poorest part of the community, read off the curve.
function held(curve, part) {
  const after = curve.findIndex(([x]) => x >= part);
  if (after <= 0) return 0;
  const [x0, y0] = curve[after - 1], [x1, y1] = curve[after];
  return x1 === x0 ? y1 : y0 + (y1 - y0) * (part - x0) / (x1 - x0);
}
