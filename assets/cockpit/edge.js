// "How close to the edge?": a button in the early warning's tile, and the answer for the shown day in a panel beneath it.

import { attr, clear, h, show, svg, text } from './dom.js';

const WIDE = 296, HIGH = 128, LEFT = 34, RIGHT = 8, TOP = 8, BOTTOM = 32;      // px of the picture and its margins
const APART = 6;                        // px between tile and panel

export function create(host, store) {
  const button = h('button.link.how-close', { type: 'button', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' });
  const title = h('h2'), note = h('p'), picture = h('div.edge-picture'), caption = h('p.sub', null, 'Share of the futures that recover from a loss'), means = h('p.sub');
  const fill = h('i'), words = h('span.progress-words');
  const bar = h('div.progress', { role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-label': 'Futures lived' }, fill);
  const work = h('div.edge-work', null, bar, words);
  const panel = h('div.edge-panel', { popover: 'auto', role: 'dialog', 'aria-label': 'How close to the edge?' },
    h('div', { 'aria-live': 'polite' }, title, note), work, caption, picture, means);
  host.append(button, panel);
  button.popoverTargetElement = panel;
  panel.addEventListener('toggle', (event) => {
    const open = event.newState === 'open';
    attr(button, 'aria-expanded', String(open));
    if (open) place();
    store.seekEdge(open); paint();
  });

  function place() {
    const at = host.getBoundingClientRect(), box = panel.getBoundingClientRect();
    panel.style.left = `${Math.max(8, Math.min(at.right - box.width, innerWidth - box.width - 8))}px`;
    panel.style.top = `${Math.max(8, Math.min(at.bottom + APART, innerHeight - box.height - 8))}px`;
  }

  function paint() {
    const edge = store.edges.get(store.day), done = edge?.state === 'done';
    text(button, done ? brief(edge) : store.tight ? 'Edge?' : 'How close?');
    attr(button, 'title', done ? `Day ${edge.day}: ${edge.title}. ${edge.note}` : 'How close to the edge? How many residents it can lose and recover');
    attr(button, 'aria-label', done ? `How close to the edge? ${edge.title}` : 'How close to the edge?');
    if (!panel.matches(':popover-open')) return;
    const running = !edge || edge.state === 'running';
    text(title, done ? `${edge.title}${edge.size ? ' on' : ' by'} day ${edge.day}` : `How close to the edge is day ${store.day}?`);
    text(note, done ? edge.note : running ? '' : edge.title);
    show(note, !!note.textContent);
    show(work, running);
    const per = Math.floor(100 * (edge?.progress ?? 0));
    attr(bar, 'aria-valuenow', per); fill.style.width = `${per}%`;
    text(words, store.playing ? 'Waits until the days stop' : `${per} % lived`);
    clear(picture);
    show(caption, edge?.tried?.length);
    if (edge?.tried?.length) picture.append(draw(edge));
    text(means, edge?.size ? edge.means : '');
    show(means, !!means.textContent);
    place();
  }

  return { update(changes) { if (['reset', 'day', 'rows', 'edge', 'play', 'size'].some((what) => changes.has(what))) paint(); } };
}

function brief({ case: found, place, size }) {
  return { 'died out': 'died out', 'any loss': 'any loss', 'cannot hold': 'past it' }[found] ?? `${Math.floor(place)} of ${size}`;
}

// Which share of the futures recovered from each loss, the loss at which half do, and its interval.
function draw({ size, tried, place, interval, title }) {
  const x = (loss) => LEFT + loss / size * (WIDE - LEFT - RIGHT), y = (share) => TOP + (1 - share) * (HIGH - TOP - BOTTOM);
  const bottom = y(0), name = (at, words, where, anchor = 'middle') => svg('text', { x: at, y: where, 'text-anchor': anchor }, words);
  const root = svg('svg', { viewBox: `0 0 ${WIDE} ${HIGH}`, width: WIDE, height: HIGH, role: 'img', 'aria-label': `${title}. ${tried.map(([loss, n, back]) => `Loss of ${loss}: ${back} of ${n} futures recover`).join('. ')}` },
    interval && svg('rect.band', { x: x(interval[0]), y: TOP, width: Math.max(1, x(interval[1]) - x(interval[0])), height: bottom - TOP }),
    svg('path.axis', { d: `M${LEFT} ${bottom}H${WIDE - RIGHT}` }),
    svg('path.half', { d: `M${LEFT} ${y(0.5)}H${WIDE - RIGHT}` }),
    place !== undefined && svg('path.place', { d: `M${x(place)} ${TOP}V${bottom}` }),
    svg('path.trail', { d: tried.map(([loss, n, back], k) => `${k ? 'L' : 'M'}${x(loss)} ${y(back / n)}`).join('') }),
    tried.map(([loss, n, back, died]) => svg('circle.tried', { cx: x(loss), cy: y(back / n), r: 3.4 },
      svg('title', null, `Loss of ${loss}: ${back} of ${n} futures recover, ${died} die out`))),
    name(LEFT - 5, 'all', y(1) + 4, 'end'), name(LEFT - 5, 'half', y(0.5) + 4, 'end'), name(LEFT - 5, 'none', bottom + 4, 'end'),
    name(LEFT, '0', bottom + 14), name(WIDE - RIGHT, String(size), bottom + 14, 'end'),
    name((LEFT + WIDE - RIGHT) / 2, 'residents lost', HIGH - 3));
  return root;
}
