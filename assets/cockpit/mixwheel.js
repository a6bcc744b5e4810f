// The wheel alone, as a component of its own: the mix editor shows a profile with it, and lets its wedges be dragged.

import { attr, h, number, svg } from './dom.js';
import { readTheme } from './theme.js';
import { LOWEST, placeAt, sectorOf, weightAt, wheel, wheelKey } from './wheel.js';

const STEP = 0.05, LEAP = 0.2;          // of a weight, by the arrow and by the page keys
const TYPE = 0.82;                      // of the card's, since the wheel stands larger here
const FOCUS = '.sector { cursor: grab; outline: none } .sector:hover { fill: color-mix(in srgb, var(--accent) 9%, transparent) } '
  + '.sector:focus-visible { stroke: var(--accent); stroke-width: 2 }';
const mounted = new WeakMap();

// data: {values, original: ten weights or null, color, ink: CSS colours, labels: ten names clockwise from the top,
// whose: word for the legend, title}. Without colours the wheel takes those of the second group.
// Tells `weight` {place, value} when a wedge was dragged or moved by keys.
export function view(component) {
  const { parentElement } = component;
  let seat = mounted.get(parentElement);
  if (!seat) {
    const root = h('div.mixwheel', { style: { 'font-family': '"IBM Plex Sans", system-ui, sans-serif' } });
    parentElement.append(root);
    seat = { root, store: {}, data: null, held: null };
    root.style.transition = 'background-color 1ms';
    root.style.backgroundColor = 'var(--st-background-color)';
    root.addEventListener('transitionstart', () => { if (readTheme(root, seat.store)) draw(seat); });
    listen(seat);
    mounted.set(parentElement, seat);
  }
  Object.assign(seat, { component, data: component.data, held: null, values: [...component.data.values] });
  readTheme(seat.root, seat.store);
  draw(seat);
  return () => { seat.root.remove(); mounted.delete(parentElement); };
}

function draw({ root, data, values }) {
  if (!data) return;
  const { original, labels, title, whose = 'this profile', color = 'var(--g1)', ink = 'var(--g1-ink)' } = data;
  const at = root.querySelector('[role="slider"]:focus')?.dataset.place;
  const picture = wheel({ names: labels, values, original, fill: color, ink, title, type: TYPE });
  picture.style.cssText = 'display:block;width:100%;max-height:420px;overflow:visible;touch-action:none';
  attr(picture, 'role', 'group');
  picture.append(...labels.map((name, place) => svg('path', {
    class: 'sector', d: sectorOf(place, labels.length), fill: 'transparent',
    role: 'slider', tabindex: 0, 'data-place': place, 'aria-label': `Weight of ${name}`, 'aria-valuemin': LOWEST.toFixed(2), 'aria-valuemax': 1,
    'aria-valuenow': values[place].toFixed(2), 'aria-valuetext': number(values[place], 2),
  }, svg('title', null, `${name}: drag, or use the arrow keys`))));
  const below = values.some((value) => value < 0);
  const key = wheelKey(whose, color, ink, { original: original ? 'original' : null, below });
  root.replaceChildren(h('style', null, FOCUS), picture, h('div', {
    style: { display: 'flex', 'flex-wrap': 'wrap', gap: '4px 18px', 'justify-content': 'center', 'font-size': '12px', color: 'var(--ink2)', 'margin-top': '6px' },
  }, key.map(([sign, words]) => h('span', { style: { display: 'inline-flex', gap: '6px', 'align-items': 'center' } }, sign, words))));
  if (at !== undefined) root.querySelector(`[data-place="${at}"]`)?.focus({ preventScroll: true, focusVisible: true });
}

// The listeners are the root's: what is drawn is replaced while it is dragged.
function listen(seat) {
  const { root } = seat;
  const point = (event) => {
    const picture = root.querySelector('svg.wheel'), { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
    return [x, y];
  };
  const set = (place, value) => { seat.values[place] = Math.round(Math.max(LOWEST, Math.min(1, value)) * 100) / 100; draw(seat); };
  const tell = (place) => {
    if (seat.values[place] !== seat.data.values[place]) seat.component.setTriggerValue('weight', { place, value: seat.values[place] });
  };
  root.addEventListener('pointerdown', (event) => {
    const place = event.button === 0 ? event.target.closest('[data-place]')?.dataset.place : undefined;
    if (place === undefined) return;
    event.preventDefault();
    root.setPointerCapture(event.pointerId);
    seat.held = placeAt(...point(event), seat.data.labels.length);
    root.style.cursor = 'grabbing';
    set(seat.held, weightAt(...point(event)));
  });
  root.addEventListener('pointermove', (event) => { if (seat.held !== null) set(seat.held, weightAt(...point(event))); });
  for (const end of ['pointerup', 'pointercancel']) {
    root.addEventListener(end, () => { if (seat.held !== null) tell(seat.held); seat.held = null; root.style.cursor = ''; });
  }
  root.addEventListener('keydown', (event) => {
    const place = event.target.closest?.('[data-place]')?.dataset.place;
    const by = { ArrowUp: STEP, ArrowRight: STEP, ArrowDown: -STEP, ArrowLeft: -STEP, PageUp: LEAP, PageDown: -LEAP, Home: -2, End: 2 }[event.key];
    if (place === undefined || !by) return;
    event.preventDefault(); event.stopPropagation();
    set(+place, seat.values[place] + by);
    clearTimeout(seat.rest);
    seat.rest = setTimeout(() => tell(+place), 600);
  });
}
