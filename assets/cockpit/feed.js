// A long list of which only the part in sight is in the page: rows of any height, newest at the end.

import { attr, h } from './dom.js';

const MARGIN = 400;                     // px drawn above and below what is in sight
const NEAR = 24;                        // px from the end that still count as the end
const TAIL = 22;                        // px left free below the last row

// items: {key, line (or null), state, height}; `draw(item)` makes its element, anew when item.state changes; `guess(item, width)`
// tells its height before it was drawn. `seen(item, first)` is told of each item in sight, `scrolled(atEnd)` of the reader's own scrolling.
export function createFeed(host, { draw, guess, seen, scrolled }) {
  const room = h('div.feed-room');
  const scroller = h('div.feed', { role: 'feed', tabindex: 0, 'aria-label': 'Transcript', onscroll, onkeydown: page }, room);
  host.append(scroller);
  let items = [], tops = new Float64Array(1), places = [], lines = 0, following = true;
  let width = 0, tall = 0, top = 0;     // of the part in sight; `top` is where the list should stand, told to the page once a paint
  let shownTop = 0;                     // where the page has the list
  const drawn = new Map();              // key -> {node, item, state}

  function measureAll() {
    if (tops.length < items.length + 1) tops = new Float64Array(items.length * 2 + 1);
    let y = 0;
    items.forEach((item, at) => { tops[at] = y; y += item.height ||= guess(item, width); });
    tops[items.length] = y;
    room.style.height = `${y + TAIL}px`;
  }

  // Index of the item at a height in the list.
  function at(y) {
    let first = 0, last = items.length - 1;
    while (first < last) { const mid = (first + last + 1) >> 1; if (tops[mid] <= y) first = mid; else last = mid - 1; }
    return first;
  }

  function end() { return Math.max(0, tops[items.length] + TAIL - tall); }

  function place(y) { top = Math.max(0, Math.min(end(), y)); }

  function paint() {
    if (!tall) return;
    for (let round = 0; round < 4; round += 1) if (!paintOnce()) break;
    if (shownTop !== top) { scroller.scrollTop = top; shownTop = top = scroller.scrollTop; }
    for (let k = at(top), last = at(top + tall), first = k; k <= last && k < items.length; k += 1) seen(items[k], k === first);
  }

  // Draws what is in sight and corrects guessed heights; true when a height was wrong and it must look again.
  function paintOnce() {
    const anchor = at(top), rest = top - tops[anchor];
    const from = at(top - MARGIN), to = items.length ? at(top + tall + MARGIN) : -1;
    const keep = new Set();
    for (let k = from; k <= to; k += 1) keep.add(items[k].key);
    for (const [key, { node }] of drawn) if (!keep.has(key)) { sizes.unobserve(node); node.remove(); drawn.delete(key); }
    const fresh = [];
    let before = room.firstChild;
    for (let k = from; k <= to; k += 1) {
      const item = items[k];
      let known = drawn.get(item.key);
      if (!known || known.item !== item || known.state !== item.state) {
        const node = draw(item), focused = known?.node.contains(node.getRootNode().activeElement ?? document.activeElement);
        if (known) { if (before === known.node) before = before.nextSibling; sizes.unobserve(known.node); known.node.remove(); }
        drawn.set(item.key, known = { node, item, state: item.state });
        sizes.observe(node);
        fresh.push(k);
        if (focused) queueMicrotask(() => node.focus({ preventScroll: true }));
      }
      if (known.node === before) before = before.nextSibling;
      else room.insertBefore(known.node, before);
      known.node.style.transform = `translateY(${tops[k]}px)`;
      if (item.line) { attr(known.node, 'aria-posinset', places[k]); attr(known.node, 'aria-setsize', lines); }
    }
    let wrong = false;
    for (const k of fresh) {
      const height = drawn.get(items[k].key).node.offsetHeight;
      if (Math.abs(height - items[k].height) > 0.5) { items[k].height = height; wrong = true; }
    }
    if (!wrong) return false;
    measureAll();
    place(following ? end() : tops[anchor] + rest);
    return true;
  }

  // Rows grow or shrink after they were drawn when the type arrives late.
  const sizes = new ResizeObserver(() => {
    let wrong = false;
    for (const { node, item } of drawn.values()) {
      const height = node.offsetHeight;
      if (height && Math.abs(height - item.height) > 0.5) { item.height = height; wrong = true; }
    }
    if (!wrong) return;
    measureAll();
    if (following) place(end());
    paint();
  });

  function onscroll() {
    const now = scroller.scrollTop;
    if (Math.abs(now - shownTop) <= 1) return;
    shownTop = top = now;
    following = top >= end() - NEAR;
    scrolled(following);
    paint();
  }

  // Page keys move from line to line, as in any feed.
  function page(event) {
    const step = { PageDown: 1, PageUp: -1 }[event.key];
    const on = event.target.closest?.('[data-line]');
    if (!step) return;
    event.preventDefault();
    const from = on ? items.findIndex((item) => item.key === on.dataset.line) : at(top) - (step > 0 ? 1 : 0);
    let k = from + step;
    while (k >= 0 && k < items.length && !items[k].line) k += step;
    if (k < 0 || k >= items.length) return;
    bring(k);
    drawn.get(items[k].key)?.node.focus({ preventScroll: true });
  }

  function bring(k) {
    if (tops[k] < top) place(tops[k] - 30);
    else if (tops[k + 1] > top + tall) place(tops[k + 1] - tall + 30);
    following = false;
    paint();
  }

  new ResizeObserver(() => {
    tall = scroller.clientHeight;
    if (!tall) return;
    if (scroller.clientWidth !== width) {
      width = scroller.clientWidth;
      for (const item of items) item.height = 0;
      for (const { node } of drawn.values()) { sizes.unobserve(node); node.remove(); }
      drawn.clear();
    }
    shownTop = scroller.scrollTop;      // a hidden list loses its place
    measureAll();
    place(following ? end() : top);
    paint();
  }).observe(scroller);

  return {
    scroller,
    get following() { return following; },
    // Show these items; the reader stays at the same line, or at the end if they were there.
    set(next) {
      // The first line in sight that the new list still has; rows of missing days are not held on to, so that what they bring stands above.
      let from = at(top), k = -1, rest = 0;
      for (; from < items.length && tops[from] < top + tall && k < 0; from += 1) {
        if (items[from].line) { k = next.indexOf(items[from]); rest = top - tops[from]; }
      }
      items = next; lines = 0;
      places = items.map((item) => (item.line ? (lines += 1) : 0));
      measureAll();
      place(following || k < 0 ? end() : tops[k] + rest);
      paint();
    },
    follow() { following = true; place(end()); paint(); },
    // Bring the line with this key into the upper part of the view, and focus it; false if it is not in the list.
    goto(key) {
      const k = items.findIndex((item) => item.key === key);
      if (k < 0) return false;
      following = false;
      for (let round = 0; round < 2; round += 1) { place(tops[k] - tall * 0.25); paint(); }
      drawn.get(key)?.node.focus({ preventScroll: true });
      return true;
    },
    nodes: () => [...drawn.values()],
  };
}
