// The agents themselves: a disc each up to some hundreds, beyond that a tile for a few of them, shaded by their mean.
// Held opinions differ in hue and in form: +1 is filled, -1 is a ring. Stubborn agents stand apart, square.

import { attr, clear, h, number, plural, text } from '../cockpit/dom.js';
import { canvasOf } from '../cockpit/canvas.js';

const MOST_STUBBORN = 60;               // squares drawn; beyond that a number says it
const BAND = 44;                        // px kept free below for them

export function create(host, store) {
  const title = h('h2'), sub = h('p.sub'), stage = h('div.people-stage', { role: 'img' }), canvas = canvasOf(h('canvas', { 'aria-hidden': 'true' }));
  const key = h('div.legend');
  stage.append(canvas.node);
  host.append(title, sub, stage, key);
  let width = 0, height = 0, opinions = null, told = '';

  function legend() {
    const { one, per } = store.cells, tile = one ? '' : '.tile', { sign, stubborn } = store.setting;
    const sample = (kind) => h(`span.sample${kind}`, { 'aria-hidden': 'true' });
    clear(key).append(h('span', null, sample(`${tile}.for`), per === 1 ? 'holds +1' : 'all at +1'), h('span', null, sample(`${tile}.against`), per === 1 ? 'holds −1' : 'all at −1'),
      stubborn ? h('span', null, sample(`.fixed${sign > 0 ? '.for' : ''}`), `stubborn, ${sign > 0 ? '+1' : '−1'}`) : '');
  }

  function draw() {
    if (!store.cells || !store.theme || width < 60) return;
    opinions = Uint8Array.from(atob(store.cells.values), (letter) => letter.charCodeAt(0));
    const brush = canvas.fit(width, height), { colour } = store.theme, single = store.cells.one;
    const room = store.setting.stubborn ? height - BAND : height, count = opinions.length;
    const columns = Math.max(1, Math.ceil(Math.sqrt(count * width / room))), rows = Math.ceil(count / columns);
    const cell = Math.min(width / columns, room / rows, 46), x0 = (width - cell * columns) / 2, y0 = (room - cell * rows) / 2;
    if (single) discs(brush, colour, columns, cell, x0, y0); else tiles(brush, colour, columns, cell, x0, y0);
    stubborn(brush, colour);
  }

  function discs(brush, colour, columns, cell, x0, y0) {
    const radius = Math.max(1.5, cell * 0.36);
    brush.lineWidth = Math.max(1, Math.min(2, cell / 9));
    opinions.forEach((held, k) => {
      const x = x0 + (k % columns + 0.5) * cell, y = y0 + (Math.floor(k / columns) + 0.5) * cell;
      brush.beginPath();
      if (held) { brush.fillStyle = colour.g0; brush.arc(x, y, radius, 0, 7); brush.fill(); }
      else { brush.strokeStyle = colour['hostile']; brush.arc(x, y, radius - brush.lineWidth / 2, 0, 7); brush.stroke(); }
    });
  }

  // One tile a cell, from all -1 (hostile) over the ground to all +1.
  function tiles(brush, colour, columns, cell, x0, y0) {
    const shades = Array.from({ length: 256 }, (_, k) => shade(colour, k / 255)), gap = cell > 5 ? 1 : 0;
    opinions.forEach((mean, k) => {
      brush.fillStyle = shades[mean];
      brush.fillRect(x0 + (k % columns) * cell, y0 + Math.floor(k / columns) * cell, cell - gap, cell - gap);
    });
  }

  function stubborn(brush, colour) {
    const { stubborn: count, sign } = store.setting;
    if (!count) return;
    const shown = Math.min(count, MOST_STUBBORN), size = 8, columns = Math.max(1, Math.floor((width - 8) / (size + 4)));
    const lines = Math.ceil(shown / columns), top = height - BAND + 8;
    for (let k = 0; k < shown; k += 1) {
      const x = (width - Math.min(shown, columns) * (size + 4)) / 2 + (k % columns) * (size + 4), y = top + Math.floor(k / columns) * (size + 4);
      if (lines > 2 && k >= columns * 2) break;
      brush.fillStyle = sign > 0 ? colour.g0 : colour.hostile; brush.fillRect(x, y, size, size);
      brush.strokeStyle = colour.ink; brush.lineWidth = 1; brush.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
    }
  }

  const watch = new ResizeObserver(() => { width = stage.clientWidth; height = stage.clientHeight; draw(); });
  watch.observe(stage);

  return {
    update(changes) {
      if (changes.has('sweep') || changes.has('state')) {
        const { state, cells, setting } = store;
        text(title, state.people);
        const drawn = Math.min(setting.stubborn, MOST_STUBBORN);
        const fixed = setting.stubborn > drawn ? `; ${drawn} of ${number(setting.stubborn, 0)} stubborn ones drawn` : '';
        text(sub, `${cells.one ? 'Each mark' : 'Each tile'} is ${cells.per === 1 ? 'one agent' : `the mean of ${plural(cells.per, 'agent')}`}${fixed}`);
        attr(stage, 'aria-label', `${state.people}. ${sub.textContent}`);
      }
      const { stubborn: many, sign } = store.setting, beside = `${many} ${sign}`;
      if (changes.has('run') || beside !== told) legend();
      if (beside !== told || ['sweep', 'theme', 'run'].some((what) => changes.has(what))) draw();
      told = beside;
    },
    close() { watch.disconnect(); },
  };
}

// From vermillion over the ground's grey to blue, straight in red, green and blue.
function shade(colour, share) {
  const part = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const low = part(colour.hostile), middle = part(colour.sunk), high = part(colour.g0);
  const [from, to, by] = share < 0.5 ? [low, middle, share * 2] : [middle, high, share * 2 - 1];
  return `rgb(${from.map((value, k) => Math.round(value + (to[k] - value) * by)).join(',')})`;
}
