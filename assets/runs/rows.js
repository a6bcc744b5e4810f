// The list itself. Only the rows in view are in the page, so that thousands cost no more than twenty.

import { attr, clear, h, number, svg } from '../cockpit/dom.js';
import { icon } from '../cockpit/icons.js';
import { ago, size } from './words.js';

const HIGH = 60, SPARE = 4;              // pixels of a row, rows drawn beyond the edge
const COLUMNS = [['title', 'Run', true], ['state', 'State', true], ['alive', 'Alive', false], ['modified', 'Changed', false], ['bytes', 'Size', false]];
const SIGNS = { running: 'play', unfinished: 'pause', finished: 'check', 'died out': 'extinct', damaged: 'warn' };

// actions: {change(news), mark(id), pick(id)}
export function createRows(state, { change, mark, pick }) {
  const head = h('div.row.heads', { role: 'row' });
  const space = h('ul.space', { 'aria-label': 'Runs' });
  const list = h('div.list', { onscroll: () => fill() }, space);
  const empty = h('p.nothing', null, 'No run matches. Change the search or the filters.');
  const node = h('div.rows', null, head, list, empty);
  let first = -1, drawn = [];
  new ResizeObserver(() => { fit(); fill(); }).observe(document.documentElement);

  space.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const at = state.found.findIndex((run) => run.id === state.data.picked);
    const next = state.found[Math.max(0, Math.min(state.found.length - 1, at + step))];
    if (!next?.id) return;
    event.preventDefault();
    pick(next.id);
    reveal(state.found.indexOf(next));
    space.querySelector('[aria-current] .name')?.focus({ preventScroll: true });
  });

  function heads() {
    clear(head).append(h('span'), h('span.curve', null, 'Population'), ...COLUMNS.map(([by, word, up]) => {
      const on = state.by === by;
      return h(`button.head.${by}`, {
        type: 'button', 'aria-pressed': String(on), title: `Sort by ${word.toLowerCase()}`,
        onclick: () => change({ by, down: on ? !state.down : !up }),
      }, word, on && icon(state.down ? 'down' : 'up', 12));
    }));
  }

  // The list reaches to the bottom of the window, wherever strips above have moved it.
  function fit() {
    const narrow = matchMedia('(max-width: 900px)').matches, below = innerHeight - list.getBoundingClientRect().top - 18;
    list.style.height = `${Math.min(Math.max(300, narrow ? innerHeight * 0.44 : below), Math.max(1, state.found.length) * HIGH + 1)}px`;
  }

  function reveal(at) {
    const top = at * HIGH;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (top + HIGH > list.scrollTop + list.clientHeight) list.scrollTop = top + HIGH - list.clientHeight;
    fill();
  }

  function fill(anew = false) {
    const from = Math.max(0, Math.floor(list.scrollTop / HIGH) - SPARE);
    const to = Math.min(state.found.length, from + Math.ceil((list.clientHeight || 600) / HIGH) + 2 * SPARE);
    if (!anew && from === first && to - from === drawn.length) return;
    const kept = document.activeElement?.closest?.('.shelf .row')?.dataset.run, where = document.activeElement?.className;
    first = from;
    drawn = state.found.slice(from, to).map((run, k) => row(run, from + k));
    space.replaceChildren(...drawn);
    if (kept) space.querySelector(`[data-run="${CSS.escape(kept)}"] .${where?.split(' ')[0]}`)?.focus({ preventScroll: true });
  }

  function row(run, at) {
    const picked = run.id !== '' && run.id === state.data.picked, on = state.marked.has(run.id);
    const full = !on && state.marked.size >= state.data.most;
    const line = h(`li.row${picked ? '.picked' : ''}${run.damaged ? '.damaged' : ''}`, {
      style: { top: `${at * HIGH}px` }, 'data-run': run.id || run.file, 'aria-current': picked ? 'true' : null,
      'aria-setsize': state.found.length, 'aria-posinset': at + 1,
      onclick: (event) => { if (run.id && !event.target.closest('label, button')) pick(run.id); },
    });
    line.append(
      h('label.box', null, !run.damaged && h('input.tick', {
        type: 'checkbox', checked: on, disabled: full, 'aria-label': `Mark ${run.title} to compare it`, onchange: () => mark(run.id),
      })),
      curve(run), main(run),
      h(`span.state.${run.state.replace(' ', '-')}`, null, h('span', null, icon(SIGNS[run.state] ?? 'info', 14), run.state),
        !run.damaged && h('small', null, `day ${number(run.last, 0)} of ${number(run.horizon, 0)}`)),
      h('span.alive', null, run.damaged ? '' : number(run.alive, 0)),
      h('span.modified', null, ago(run.modified, state.data.now)), h('span.bytes', null, size(run.bytes)));
    return line;
  }

  function main(run) {
    const name = run.id ? h('button.name', { type: 'button', onclick: () => pick(run.id) }, run.title || run.file) : h('b.name', null, run.file);
    const minds = run.minds && `${run.minds} · `;
    const facts = run.damaged || `${minds}${run.mix} · ${number(run.size, 0)} residents · seed ${run.seed}`;
    return h('span.title', null,
      h('span.first', null, name, run.tags.map((tag) => h('span.tag', null, tag))),
      h('small', { title: facts }, run.parent && h('span.from', null, icon('branch', 12), `from day ${run.parentDay} · `), facts));
  }

  return {
    node,
    draw(anew = false) {
      heads();
      empty.hidden = state.found.length > 0;
      space.style.height = `${state.found.length * HIGH}px`;
      fit();
      if (anew) list.scrollTop = 0;
      fill(true);
    },
  };
}

// Residents alive from day 0 to the last one, on the width of the whole horizon.
function curve({ curve: alive, last, horizon }) {
  const wide = 88, high = 30, most = Math.max(1, ...alive);
  const end = horizon ? Math.min(1, last / horizon) * wide : wide;
  const points = alive.map((count, k) => `${(alive.length > 1 ? k / (alive.length - 1) * end : 0).toFixed(1)} ${(high - 2 - count / most * (high - 5)).toFixed(1)}`);
  return svg('svg.curve', { viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, 'aria-hidden': 'true' },
    svg('path', { d: `M0 ${high - 1.5}H${wide}`, stroke: 'var(--line)' }),
    points.length && svg('path', { d: `M${points.join('L')}L${end.toFixed(1)} ${high - 2}L0 ${high - 2}Z`, fill: 'var(--area)', stroke: 'none' }),
    points.length && svg('path', { d: `M${points.join('L')}`, fill: 'none', stroke: 'var(--ink)', 'stroke-width': 1.4, 'stroke-linejoin': 'round' }));
}
