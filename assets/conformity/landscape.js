// The potential: valleys where a population rests, the ridge between them, and where this one stands.

import { attr, h, number, show, text } from '../cockpit/dom.js';
import { valueTicks } from '../cockpit/scale.js';
import { createFrame } from './frame.js';

export function create(host, store) {
  const title = h('h2'), sub = h('p.sub', null, 'Potential V(m), no unit: it rolls downhill, and chance shakes it'), stage = h('div.stage', { role: 'img' }), none = h('p.none', { hidden: true });
  host.append(title, sub, none, stage);
  const frame = createFrame(stage, { left: 40, right: 12, top: 20, ends, paint });

  function scale() {
    const values = store.theory.landscape.v;
    return valueTicks(Math.min(...values), Math.max(...values), false, false);
  }

  function ends() {
    const { low, high } = scale();
    return { x: [-1, 1], y: [low, high] };
  }

  function height(m) {
    const { m: at, v } = store.theory.landscape, place = (m - at[0]) / (at.at(-1) - at[0]) * (at.length - 1);
    const low = Math.max(0, Math.min(at.length - 2, Math.floor(place)));
    return v[low] + (v[low + 1] - v[low]) * (place - low);
  }

  function paint(pen) {
    if (!store.theory.applies) return;
    const { colour } = pen, { ticks, digits } = scale();
    pen.gridY(ticks, digits);
    pen.gridX([-1, -0.5, 0, 0.5, 1], 1, 'm ');
    const { m, v } = store.theory.landscape;
    pen.line(m.map((at, k) => [at, v[k]]), { hue: colour.ink, width: 2 });
    for (const point of store.theory.points) {
      pen.dot(point.m, point.v, { hue: point.stable ? colour['help-ink'] : colour.ink3, radius: 3.5, hollow: !point.stable });
      const align = point.m > 0.8 ? 'right' : point.m < -0.8 ? 'left' : 'center';
      pen.words(point.stable ? 'valley' : 'ridge', pen.x(point.m), pen.y(point.v) + (point.stable ? -15 : -11), { align, hue: point.stable ? colour['help-ink'] : colour.ink3 });
    }
    const now = store.state.m;
    pen.dot(now, height(now), { hue: colour.accent, radius: 6 });
  }

  return {
    update(changes) {
      if (changes.has('theory')) {
        const { applies } = store.theory;
        text(title, store.theory.landscape.title); show(stage, applies); show(none, !applies); show(sub, applies);
        text(none, store.theory.why);
      }
      if (changes.has('state') || changes.has('theory')) attr(stage, 'aria-label', `${store.theory.landscape.title}. The population stands at m ${number(store.state.m, 2)}.`);
      if (['state', 'theory', 'theme'].some((what) => changes.has(what))) frame.draw(store.theme);
    },
    close: frame.close,
  };
}
