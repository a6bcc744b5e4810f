// Hysteresis: stubborn agents added one by one and taken away again, drawn as it goes, with theory's tipping points.

import { attr, clear, h, number, reducedMotion, show, text } from '../cockpit/dom.js';
import { icon } from '../cockpit/icons.js';
import { textWidth } from '../cockpit/scale.js';
import { createFrame } from './frame.js';

const HUES = ['accent', 'g0-ink', 'help-ink', 'deal-ink'], DASHES = [[], [7, 4], [2, 2.5], [9, 3, 2, 3]];
const POINTS = 2.5;                     // points a frame: what is ready at once is still seen to go round

export function create(host, store) {
  const title = h('h2'), sub = h('p.sub'), stage = h('div.stage', { role: 'img' }), key = h('ul.loop-key'), none = h('p.none', { hidden: true });
  const pace = h('select', { 'aria-label': 'Pace of the sweep', onchange: () => paintWords() });
  const start = h('button.btn.small', { type: 'button', onclick: () => (store.loops.running ? store.ask({ type: 'stop' }) : store.ask({ type: 'loop', pace: pace.value })) });
  const wipe = h('button.btn.small.quiet', { type: 'button', onclick: () => store.ask({ type: 'loop', pace: '' }) }, 'Clear');
  host.append(title, sub, none, h('div.loop-acts', null, pace, start, wipe), stage, key);
  const frame = createFrame(stage, { left: 34, right: 12, top: 26, ends, paint });
  let shown = 0, running = 0;

  function ends() {
    const most = Math.max(0.1, store.loops.most);
    return { x: [-most, most], y: [-1, 1] };
  }

  function paint(pen) {
    const { colour, box } = pen, { list, most, branches } = store.loops;
    pen.gridY([-1, -0.5, 0, 0.5, 1], 1, 0);
    const half = Math.round(most * 50) / 100;
    pen.gridX([-most, -half, 0, half, most], 2, 'z ');
    pen.rule([pen.x(0), box.top], [pen.x(0), box.bottom], { hue: colour.line2 });
    if (branches) for (const branch of branches.lines) pen.line(branch, { hue: colour.ink3, width: 1.2, dash: [2, 3] });
    for (const [z, words] of branches?.critical ?? []) {
      if (Math.abs(z) > most) continue;
      const at = pen.x(z), wide = textWidth(words, 11), left = z < 0 ? at - wide > 0 : at + wide > pen.width;  // of its line
      pen.rule([at, box.top - 8], [at, box.bottom], { hue: colour['hostile-ink'], width: 1.3, dash: [5, 3] });
      pen.words(words, at + (left ? 2 : -2), box.top - 16, { align: left ? 'right' : 'left', hue: colour['hostile-ink'] });
    }
    list.forEach((loop, k) => drawLoop(pen, loop, k, k === list.length - 1));
  }

  function drawLoop(pen, { points }, k, last) {
    const seen = last ? points.slice(0, Math.floor(shown)) : points, hue = pen.colour[HUES[k % HUES.length]];
    pen.line(seen, { hue, width: 2, dash: DASHES[k % DASHES.length] });
    if (last && seen.length && seen.length < store.loops.whole) pen.dot(...seen.at(-1), { hue, radius: 5 });
  }

  function grow() {
    cancelAnimationFrame(running);
    const ready = store.loops.list.at(-1)?.points.length ?? 0;
    if (reducedMotion()) shown = ready; else shown = Math.min(ready, shown + POINTS);
    frame.draw(store.theme);
    if (shown < ready) running = requestAnimationFrame(grow);
    attr(stage, 'data-points', Math.floor(shown));
  }

  function paintWords() {
    const { running: busy, list, paces, title: said, sub: below } = store.loops;
    if (!pace.options.length) pace.append(...paces.map(([value, words]) => h('option', { value }, words)));
    text(title, said); text(sub, below);
    attr(stage, 'aria-label', said);
    clear(start).append(icon(busy ? 'x' : 'swap', 13), busy ? 'Stop' : list.length ? 'Sweep again' : 'Sweep up and down');
    pace.disabled = busy;
    for (const part of [start, pace, stage, key, sub]) show(part, store.theory.applies);
    show(wipe, store.theory.applies && list.length > 0 && !busy); show(none, !store.theory.applies); text(none, store.theory.why);
    clear(key).append(...list.map(({ name }, k) => h('li', null, h('i', { style: { 'border-top': `2px ${k % 4 ? 'dashed' : 'solid'} var(--${HUES[k % HUES.length]})` }, 'aria-hidden': 'true' }), name)));
  }

  let loops = 0;
  return {
    update(changes) {
      if (!store.loops) return;
      if (changes.has('loops')) {
        if (store.loops.list.length !== loops) { loops = store.loops.list.length; shown = 0; }
        paintWords(); grow();
      } else if (changes.has('theory') || changes.has('theme')) { paintWords(); frame.draw(store.theme); }
    },
    close() { cancelAnimationFrame(running); frame.close(); },
  };
}
