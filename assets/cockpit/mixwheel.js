// The wheel alone, as a component of its own: the mix editor shows a profile with it.

import { h } from './dom.js';
import { readTheme } from './theme.js';
import { wheel, wheelKey } from './wheel.js';

const mounted = new WeakMap();

// data: {values, original: ten weights or null, color, ink: CSS colours, labels: ten names clockwise from the top,
// whose: word for the legend, title}. Without colours the wheel takes those of the second group.
export function view(component) {
  const { parentElement } = component;
  let seat = mounted.get(parentElement);
  if (!seat) {
    const root = h('div.mixwheel', { style: { 'font-family': '"IBM Plex Sans", system-ui, sans-serif' } });
    parentElement.append(root);
    seat = { root, store: {}, data: null };
    root.style.transition = 'background-color 1ms';
    root.style.backgroundColor = 'var(--st-background-color)';
    root.addEventListener('transitionstart', () => { if (readTheme(root, seat.store)) draw(seat); });
    mounted.set(parentElement, seat);
  }
  seat.data = component.data;
  readTheme(seat.root, seat.store);
  draw(seat);
  return () => { seat.root.remove(); mounted.delete(parentElement); };
}

function draw({ root, data }) {
  if (!data) return;
  const { values, original, labels, title, whose = 'this profile', color = 'var(--g1)', ink = 'var(--g1-ink)' } = data;
  const picture = wheel({ names: labels, values, original, fill: color, ink, title });
  picture.style.cssText = 'display:block;width:100%;max-height:420px;overflow:visible';
  const below = values.some((value) => value < 0);
  const key = wheelKey(whose, color, ink, { original: original ? 'original' : null, below });
  root.replaceChildren(picture, h('div', {
    style: { display: 'flex', 'flex-wrap': 'wrap', gap: '4px 18px', 'justify-content': 'center', 'font-size': '12px', color: 'var(--ink2)', 'margin-top': '6px' },
  }, key.map(([sign, words]) => h('span', { style: { display: 'inline-flex', gap: '6px', 'align-items': 'center' } }, sign, words))));
}
