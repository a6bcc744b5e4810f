// The mix as a bar whose dividers can be dragged: the two groups beside a divider share what both had.

import { attr, h, text } from './dom.js';

const mounted = new WeakMap();

// data: {groups: [{label, share (per cent), count, fill, on}]}. Tells `shares`, one a group, when a divider was moved.
export function view(component) {
  const { parentElement } = component;
  let seat = mounted.get(parentElement);
  if (!seat) {
    seat = { root: h('div.mixbar', { style: { position: 'relative' } }), held: null };
    parentElement.append(seat.root);
    mounted.set(parentElement, seat);
  }
  Object.assign(seat, { component, groups: component.data.groups, shares: component.data.groups.map((group) => group.share), held: null });
  build(seat);
  return () => { seat.root.remove(); mounted.delete(parentElement); };
}

function build(seat) {
  const { root, groups } = seat, at = root.querySelector(':focus')?.dataset.at;
  seat.parts = groups.map(({ fill, on }) => h('span', { style: {
    display: 'block', flex: '1 1 0', 'min-width': 0, 'text-indent': '12px', 'white-space': 'nowrap', overflow: 'hidden', 'text-overflow': 'ellipsis', background: fill, color: on, font: '600 13px/34px "IBM Plex Sans", system-ui, sans-serif',
  } }));
  const bar = h('div', { style: { display: 'flex', gap: '2px', height: '34px', 'border-radius': '4px', overflow: 'hidden' } }, seat.parts);
  seat.dividers = groups.slice(1).map((_, at) => divider(seat, at));
  root.replaceChildren(bar, ...seat.dividers);
  paint(seat);
  if (at !== undefined) seat.dividers[at]?.focus();
}

function paint({ groups, shares, parts, dividers }) {
  let sum = 0;
  groups.forEach(({ label, share, count }, k) => {
    parts[k].style.flexGrow = shares[k];
    parts[k].style.display = shares[k] > 0 ? 'block' : 'none';
    const whole = shares[k] === share ? ` · ${count}` : '';       // how many that makes is told by Python
    text(parts[k], `${+shares[k].toFixed(2)} % ${label}${whole}`);
    parts[k].title = parts[k].textContent;
    sum += shares[k];
    if (!dividers[k]) return;
    dividers[k].style.left = `calc(${sum}% - 12px)`;
    attr(dividers[k], 'aria-valuenow', +shares[k].toFixed(2));
    attr(dividers[k], 'aria-valuemax', +(shares[k] + shares[k + 1]).toFixed(2));
    attr(dividers[k], 'aria-valuetext', `${+shares[k].toFixed(2)} % ${label}, ${+shares[k + 1].toFixed(2)} % ${groups[k + 1].label}`);
  });
}

// The divider after group `at`: dragged, or moved by the arrow keys, in whole per cent.
function divider(seat, at) {
  const grip = h('i', { style: { position: 'absolute', left: '9px', top: '8px', width: '6px', height: '18px', 'border-radius': '3px', background: 'currentColor' } });
  const node = h('div', {
    role: 'slider', tabindex: 0, 'data-at': at, 'aria-label': `Share of ${seat.groups[at].label}`, 'aria-valuemin': 0,
    title: 'Drag, or use the arrow keys', style: {
      position: 'absolute', top: 0, width: '24px', height: '34px', cursor: 'ew-resize', 'touch-action': 'none', color: 'var(--st-background-color)', 'border-radius': '4px',
    },
  }, grip);
  const set = (share) => {
    const both = seat.shares[at] + seat.shares[at + 1], mine = Math.max(0, Math.min(both, Math.round(share)));
    seat.shares[at] = mine; seat.shares[at + 1] = both - mine;
    paint(seat);
  };
  const tell = () => { if (seat.shares.some((share, k) => share !== seat.groups[k].share)) seat.component.setTriggerValue('shares', [...seat.shares]); };
  node.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    node.setPointerCapture(event.pointerId);
    seat.held = at;
  });
  node.addEventListener('pointermove', (event) => {
    if (seat.held !== at) return;
    const { left, width } = seat.root.getBoundingClientRect();
    const before = seat.shares.slice(0, at).reduce((sum, share) => sum + share, 0);
    set(((event.clientX - left) / width) * 100 - before);
  });
  for (const end of ['pointerup', 'pointercancel']) node.addEventListener(end, () => { if (seat.held === at) tell(); seat.held = null; });
  node.addEventListener('keydown', (event) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10, Home: -100, End: 100 }[event.key];
    if (!by) return;
    event.preventDefault(); event.stopPropagation();
    set(seat.shares[at] + by);
    clearTimeout(seat.rest);
    seat.rest = setTimeout(tell, 600);
  });
  return node;
}
