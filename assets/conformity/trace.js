// Magnetisation over the sweeps, with the theory's resting points as lines and what was done as flags.

import { attr, h, number, text } from '../cockpit/dom.js';
import { dayTicks, spread, textWidth } from '../cockpit/scale.js';
import { createFrame } from './frame.js';

const LEAST = 60;                       // sweeps the axis shows at first

export function create(host, store) {
  const title = h('h2'), sub = h('p.sub'), stage = h('div.stage', { role: 'img' });
  host.append(title, sub, stage);
  const frame = createFrame(stage, { left: 34, right: 92, top: 24, ends, paint });

  function ends() {
    const end = store.first + store.trace.length - 1;
    return { x: [store.first, Math.max(store.first + LEAST, Math.ceil(end / 20) * 20)], y: [-1, 1] };
  }

  function paint(pen) {
    const { colour, box } = pen, { x: [from, to] } = ends();
    pen.gridY([-1, -0.5, 0, 0.5, 1], 1, 0);
    pen.gridX(dayTicks([from, to], box.right - box.left), 0, 'sweep ');
    const { points, applies } = store.theory, named = points.filter(() => applies);
    const heights = spread(named.map(({ m }) => pen.y(m)), 14, box.top, box.bottom);
    named.forEach(({ m, stable, word }, k) => {
      pen.rule([box.left, pen.y(m)], [box.right, pen.y(m)], { hue: stable ? colour['help-ink'] : colour.ink3, width: stable ? 1.6 : 1.2, dash: stable ? [7, 4] : [2, 3] });
      pen.words(`${number(m, 2)} ${word}`, box.right + 6, heights[k], { hue: stable ? colour['help-ink'] : colour.ink3, halo: false });
    });
    flags(pen, from, to);
    pen.line(points_(), { hue: colour.ink, width: 2 });
    if (store.trace.length) pen.dot(store.first + store.trace.length - 1, store.trace.at(-1), { hue: colour.accent, radius: 4 });
  }

  // What was done, named above the chart, the newest first, where there is room.
  function flags(pen, from, to) {
    const { box, colour } = pen;
    let free = box.right + 88;
    for (const { sweep, text: said } of [...store.marks].reverse()) {
      if (sweep < from || sweep > to) continue;
      const at = pen.x(sweep), wide = textWidth(said, 11);
      pen.rule([at, box.top - 6], [at, box.bottom], { hue: colour.accent, width: 1, dash: [2, 3] });
      const start = Math.min(at - 2, free - wide);
      if (start < at - wide || start < 0) continue;
      pen.words(said, start, box.top - 14, { hue: colour.ink2 });
      free = start - 10;
    }
  }

  // As many points as there are pixels.
  function points_() {
    const every = Math.max(1, Math.floor(store.trace.length / 1500));
    return store.trace.flatMap((m, k) => (k % every === 0 || k === store.trace.length - 1 ? [[store.first + k, m]] : []));
  }

  return {
    update(changes) {
      if (changes.has('theory')) text(sub, store.theory.applies ? 'Mean opinion m of the agents, −1 to 1; dashed: where theory says it rests' : 'Mean opinion m of the agents, −1 to 1; the theory has no lines for this network');
      if (changes.has('state')) { text(title, store.state.trace); attr(stage, 'aria-label', store.state.trace); }
      if (['sweep', 'theory', 'theme', 'run'].some((what) => changes.has(what))) frame.draw(store.theme);
    },
    close: frame.close,
  };
}
